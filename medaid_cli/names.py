"""From what people type to ids: codes, names and aliases, whatever their case; never a guess."""

from collections.abc import Callable, Iterable, Mapping

from medaid_cli import figures
from medaid_cli.errors import AmbiguousNameError, UnknownNameError, UsageError
from medaid_cli.model import Facts, Place, Source
from medaid_cli.records import nearest

SHORT_LIST = 12  # words that fit an error message


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
    wanted = fold(given)
    codes = [id for id in known if fold(id) == wanted]
    if codes:
        return codes
    named = [id for id, names in known.items() if any(fold(name) == wanted for name in names)]
    if named:
        return named
    words = {fold(word): (id, word) for id, names in known.items() for word in (id, *names)}
    near: dict[str, str] = {}  # one name for each
    for word in nearest(wanted, words):
        near.setdefault(*words[word])
    raise UnknownNameError(what, given, list(near.values()))


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
    """
    words = tuple(known)
    found = next((word for word in words if fold(word) == fold(given)), None)
    if found is None:
        raise UnknownNameError(what, given, nearest(fold(given), words), words if len(words) <= SHORT_LIST else ())
    return found


def place(given: str, facts: Facts, what: str, wanted: Callable[[Place], bool], other: str) -> str:
    """A place of the wanted kind. `other` tells what to do with one of the other kind.

    Of two places with one name, the larger is meant if it holds the other.

    Raises:
        UnknownNameError, AmbiguousNameError, UsageError: as the message says.
    """
    known = {id: (place.name, *place.aliases) for id, place in facts.places.items()}
    fitting = {id: names for id, names in known.items() if wanted(facts.places[id])}
    try:
        found = resolve(what, given, fitting)
    except UnknownNameError:
        if any(fold(given) in map(fold, (id, *names)) for id, names in known.items() if id not in fitting):
            raise UsageError(f"{given!r} is no {what}: {other}") from None
        raise
    tops = [id for id in found if not any(other != id and other in facts.above[id] for other in found)]
    if len(tops) > 1:
        raise AmbiguousNameError(what, given, [f"{id} ({facts.places[id].name})" for id in tops])
    return tops[0]


def country(given: str, facts: Facts) -> str:
    """A country, or a part of one."""
    return place(given, facts, "country", lambda place: not place.is_region, "it is a region; use --region")


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
    """A source by id or title."""
    return one("source", given, {id: (found.title,) for id, found in facts.sources.items()})


def sources(given: str, facts: Facts) -> list[str]:
    """The sources with this id or title, or all of this publisher."""

    def names(found: Source) -> tuple[str, str]:
        return found.title, found.publisher

    return resolve("source", given, {id: names(found) for id, found in facts.sources.items()})


def claim(given: str, facts: Facts) -> str:
    """A claim by its id."""
    return choice("claim", given, (claim.id for claim in facts.claims))
