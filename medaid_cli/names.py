"""From what people type to ids: codes, names and aliases, whatever their case; never a guess."""

from collections.abc import Callable, Iterable, Mapping

from medaid_cli import figures
from medaid_cli.errors import AmbiguousNameError, UnknownNameError, UsageError
from medaid_cli.model import Facts, Place, Source
from medaid_cli.records import nearest
from medaid_cli.scopes import home_countries

SHORT_LIST = 12  # words that fit an error message
FEW = 3  # places that a word of their names may mean


def fold(text: str) -> str:
    """Without case, accents and typographic differences: `Côte d’Ivoire` is `cote d'ivoire`."""
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", figures.fold(text))
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def resolve(what: str, given: str, known: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids that go by the given name: the one with this code, or else all with this name.

    Args:
        what: the kind of thing, for the message.
        given: what was typed.
        known: for each id, its other names.

    Raises:
        UnknownNameError: if nothing does, with the nearest names.
    """
    found = called(given, known)
    if not found:
        raise UnknownNameError(what, given, list(alike(given, known).values()))
    return found


def called(given: str, known: Mapping[str, Iterable[str]]) -> list[str]:
    """As `resolve`; where nothing goes by the given name, nothing. An id as it is written means no other."""
    if given in known:
        return [given]
    wanted = fold(given)
    codes = [id for id in known if fold(id) == wanted]
    return codes or [id for id, names in known.items() if any(fold(name) == wanted for name in names)]


def alike(given: str, known: Mapping[str, Iterable[str]], *, coded: bool = True) -> dict[str, str]:
    """The nearest names, one for each id, the nearest first; not `coded`, none that looks like a code."""
    words: dict[str, tuple[str, str]] = {}
    for id, names in known.items():
        for word in (id, *names):
            if coded or not is_code(word):
                words.setdefault(fold(word), (id, word))
    near: dict[str, str] = {}
    for word in nearest(fold(given), words):
        near.setdefault(*words[word])
    return near


def is_code(word: str) -> bool:
    """Whether it looks like the code of a place: `BJ`, `BEN`, `CN-SX`, `011`."""
    return word.isdigit() or (word.isascii() and word.isupper() and len(word.partition("-")[0]) in (2, 3))


def one(what: str, given: str, known: Mapping[str, Iterable[str]]) -> str:
    """The id that goes by the given name.

    Raises:
        UnknownNameError: if there is none.
        AmbiguousNameError: if there are several.
    """
    found = resolve(what, given, known)
    if len(found) > 1:
        raise AmbiguousNameError(what, given, found)
    return found[0]


def choice(what: str, given: str, known: Iterable[str]) -> str:
    """One word of a closed list; where nothing is near, the error names them all.

    Raises:
        UnknownNameError: if it is none of them.
        AmbiguousNameError: if it is none as it is written, and several but for case and accents.
    """
    words = tuple(known)
    if given in words:
        return given
    found = [word for word in words if fold(word) == fold(given)]
    if not found:
        raise UnknownNameError(what, given, nearest(fold(given), words), words if len(words) <= SHORT_LIST else ())
    if len(found) > 1:
        raise AmbiguousNameError(what, given, found)
    return found[0]


def place(given: str, facts: Facts, what: str, wanted: Callable[[Place], bool], other: str) -> str:
    """A place of the wanted kind. `other` tells what to do with one of the other kind.

    Raises:
        UnknownNameError, AmbiguousNameError, UsageError: as the message says.
    """
    return fitting_place(given, facts, what, lambda one: "" if wanted(one) else other)


def fitting_place(given: str, facts: Facts, what: str, why_not: Callable[[Place], str]) -> str:
    """A place of the wanted kind. `why_not` tells of one of another kind what it is and what to do, of others nothing.

    Of two places with one name, the larger is meant if it holds the other.

    Raises:
        UnknownNameError, AmbiguousNameError, UsageError: as the message says.
    """
    known = {id: (place.name, *place.aliases) for id, place in facts.places.items()}
    reasons = {id: why_not(place) for id, place in facts.places.items()}
    fitting = {id: names for id, names in known.items() if not reasons[id]}
    found = called(given, fitting)
    if not found:
        for id in called(given, known):
            raise UsageError(f"{given!r} is no {what}: {reasons[id]}")
        raise unknown_place(given, facts, what, fitting)
    tops = [id for id in found if not any(other != id and other in facts.above[id] for other in found)]
    if len(tops) > 1:
        raise ambiguous_place(given, facts, what, tops)
    return tops[0]


def unknown_place(given: str, facts: Facts, what: str, fitting: Mapping[str, Iterable[str]]) -> UsageError:
    """What to say of a name that no place has: it may be a word of the names of a few, or misspelt.

    Codes are so short that they look like anything: they are named only where one was typed.
    """
    near = alike(given, fitting, coded=is_code(given))
    having = {id: facts.places[id].name for id in fitting if has_words(facts.places[id].name, given)}
    few = having if len(having) <= FEW else {}
    if len(few) > 1 and (not near or next(iter(near)) in few):
        return ambiguous_place(given, facts, what, few)
    return UnknownNameError(what, given, list((few | near).values()))


def has_words(name: str, given: str) -> bool:
    """Whether what was typed stands in the name, from the start of a word to the end of one."""
    return f" {fold(given)} " in f" {fold(name)} "


def ambiguous_place(given: str, facts: Facts, what: str, ids: Iterable[str]) -> AmbiguousNameError:
    """What to say of a name that may mean several places: their codes, and their names."""
    return AmbiguousNameError(what, given, [f"{id} ({facts.places[id].name})" for id in ids])


def country(given: str, facts: Facts) -> str:
    """A country, or a part of one; parts of the store's own provider give, and receive nothing."""
    home = facts.info.provider

    def why_not(place: Place) -> str:
        if place.is_region:
            return "it is a region; use --region"
        # Hong Kong lies in a country of its own too, and can be one that receives.
        if place.is_part and home_countries(place.id, facts) == [home]:
            return f"it is a part of {facts.places[home].name}; for what it gave, use --provider"
        return ""

    return fitting_place(given, facts, "country", why_not)


def region(given: str, facts: Facts) -> str:
    """A group of countries."""
    return place(given, facts, "region", lambda place: place.is_region, "it is a country; use --country")


def provider(given: str, facts: Facts) -> str:
    """Any place can provide."""
    return place(given, facts, "provider", lambda _: True, "")


def measure(given: str, facts: Facts) -> str:
    """A measure by id, label or alias."""
    return one("measure", given, {id: (found.label, *found.aliases) for id, found in facts.measures.items()})


def programme(given: str, facts: Facts) -> str:
    """A programme by id or label."""
    return one("programme", given, {id: (found.label,) for id, found in facts.programmes.items()})


def source(given: str, facts: Facts) -> str:
    """A source by id or title.

    Raises:
        UnknownNameError, AmbiguousNameError: as `one`; of a publisher with one source, it names that.
        UsageError: of a publisher with several, it tells how they are listed.
    """
    titles = {id: (found.title,) for id, found in facts.sources.items()}
    printed = called(given, {id: (found.publisher,) for id, found in facts.sources.items() if found.publisher})
    if not printed or called(given, titles):
        return one("source", given, titles)
    if len(printed) == 1:
        raise UnknownNameError("source", given, printed)
    import shlex

    lists = f"medaid sources --source {shlex.quote(given)}"
    raise UsageError(f"{given!r} is the publisher of {len(printed)} sources; {lists} lists them")


def sources(given: str, facts: Facts) -> list[str]:
    """The sources with this id or title, or all of this publisher."""

    def names(found: Source) -> tuple[str, str]:
        return found.title, found.publisher

    return resolve("source", given, {id: names(found) for id, found in facts.sources.items()})


def claim(given: str, facts: Facts) -> str:
    """A claim by its id."""
    return choice("claim", given, (claim.id for claim in facts.claims))
