"""What may be wrong in a store that loads: one small function a rule, all of them in `CHECKS`.

A rule is called after its function, and described by the first line of its docstring. Rules on one claim also hold at
entry (`curation.py`); rules on the whole store are for `medaid check` alone.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from medaid_cli import content, figures, periods, query, store
from medaid_cli.model import INBOUND, Claim, Facts, Problem, Record, Severity, Source, StoreInfo
from medaid_cli.quantities import FAR, Quantity, quantities
from medaid_cli.query import Filter
from medaid_cli.records import shown
from medaid_cli.scopes import Told, counts, standing
from medaid_cli.tallies import Line, measure_lines
from medaid_cli.totals import parts_fit

MOST_NAMED = 3  # parts, in a message
LONGEST_QUOTE = 8  # words
LONGEST_UNSPACED_QUOTE = 24  # characters, where words are not set apart
KEEP_SHORT = "keep the figure phrase alone"
# Thai and Lao, Burmese, Khmer, Japanese and Chinese.
UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
CLAIM_ID = r"(?a:(?<![\w.-])[\w.-]+):(?:opening|p\d+):\d+"  # as notes name one
NOW = "-now"  # behind a running total's id: how many there are on a day
MEND = "retract or replace what was misread, mark as disputed what its source has wrong"


class Finding(Record, frozen=True):
    """What a check says: of what, what is wrong, what to do."""

    where: str
    message: str
    remedy: str


class Check(Record, frozen=True):
    """A rule: what finds where it is broken, in one claim at a time if `each`, else in the whole store."""

    find: Callable[..., Iterator[Finding]]
    severity: Severity
    each: bool

    @property
    def rule(self) -> str:
        """Its name."""
        return self.find.__name__.removeprefix("check_").replace("_", "-")

    @property
    def what(self) -> str:
        """What must hold."""
        return (self.find.__doc__ or "").splitlines()[0]


def check_claim_id(claim: Claim, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 as all checks of a claim
    """A claim's id is `<source>:<locator>:<n>`."""
    start, _, number = claim.id.rpartition(":")
    if start != f"{claim.source}:{claim.locator}" or not (number.isascii() and number.isdigit()):
        yield of(claim, "has an id that does not tell its place", f"call it {claim.source}:{claim.locator}:1 or so")


def check_quote_length(claim: Claim, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 likewise
    """A quote has at most 8 words, or 24 characters where words are not set apart."""
    if told := over_length(claim.quote):
        yield of(claim, told, KEEP_SHORT)


def over_length(quote: str) -> str | None:
    """By how much a quote is too long, or None."""
    length, most, unit = len(quote.split()), LONGEST_QUOTE, "words"
    if len(re.findall(UNSPACED, quote)) > length:
        length, most, unit = len(quote.strip()), LONGEST_UNSPACED_QUOTE, "characters"
    return f"has a quote of {length:,} {unit}; {most} are the most" if length > most else None


def check_quote_value(claim: Claim, facts: Facts) -> Iterator[Finding]:
    """A value is one that its quote prints, fenced as its quote fences it."""
    found = read_quote(claim, facts)
    if claim.value is not None and claim.hedge and found and figures.Figure(claim.value, claim.hedge) not in found:
        said = " or ".join(f"{one.value:,} ({one.hedge})" for one in found)
        message = f"has {claim.value:,} ({claim.hedge}), but its quote, {shown(claim.quote)}, reads {said}"
        yield of(claim, message, "mend the value, hedge or quote")


def check_quote_unread(claim: Claim, facts: Facts) -> Iterator[Finding]:
    """A quote's number can be read by a machine."""
    if claim.value is not None and claim.hedge and not read_quote(claim, facts):
        message = f"has a quote, {shown(claim.quote)}, in which no number could be read"
        yield of(claim, message, "compare value and hedge with the quote yourself")


def check_disputed_note(claim: Claim, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 likewise
    """A disputed claim has a note that says why."""
    if claim.status == "disputed" and not claim.note:
        yield of(claim, "is disputed without a reason", "add a note that says why it is a slip")


def check_told_early(claim: Claim, facts: Facts) -> Iterator[Finding]:
    """What is done had begun by the day on which its source was printed."""
    issued = periods.date_of(facts.sources[claim.source].issued)
    if claim.status == "done" and issued and periods.certainly_before(issued, periods.parse(claim.period).start):
        message = f"is done, from {claim.period}, but its source was printed {issued.text}"
        yield of(claim, message, "mend the period, or make it planned")


def check_locator(claim: Claim, facts: Facts) -> Iterator[Finding]:
    """A locator names a line where the whole text was read, the opening where only that was."""
    read = facts.sources[claim.source].read
    if (claim.locator == "opening") != (read == "opening"):
        how = "only the opening of its source was read" if read == "opening" else "its source was read in full"
        yield of(claim, f"is at {claim.locator}, but {how}", "mend the locator, or `read` of the source")


def check_duplicate_claim(facts: Facts) -> Iterator[Finding]:
    """No claim stands twice: the same figure of the same thing at the same place of a source."""
    seen: dict[tuple[object, ...], str] = {}
    for claim in standing(facts.claims, facts):
        first = seen.setdefault(identity(claim), claim.id)
        if first != claim.id:
            yield of(claim, f"says the same at the same place as {first}", "retract one of them")


def check_duplicate_source(facts: Facts) -> Iterator[Finding]:
    """No text stands twice among the sources: one address, or one title, publisher and day."""
    seen: dict[tuple[object, ...], str] = {}
    for source in facts.sources.values():
        for first in dict.fromkeys(seen.setdefault(key, source.id) for key in addresses(source)):
            if first != source.id:
                yield Finding(f"source {source.id}", f"is the same text as {first}", "move its claims to one of them")


def check_unused_source(facts: Facts) -> Iterator[Finding]:
    """A source has claims."""
    used = {claim.source for claim in facts.claims}
    for source in facts.sources:
        if source not in used:
            yield Finding(f"source {source}", "has no claim", "enter what it prints")


def check_origin_loop(facts: Facts) -> Iterator[Finding]:
    """No source is derived from itself, also not through others."""
    for id, path in loops({source.id: source.derived_from for source in facts.sources.values()}):
        yield Finding(f"source {id}", f"is derived from {path}", "mend `derived_from`")


def check_replaced_loop(facts: Facts) -> Iterator[Finding]:
    """No claim replaces itself, also not through others: none of them would stand."""
    for id, path in loops({claim.id: claim.replaces for claim in facts.claims}):
        yield Finding(f"claim {id}", f"replaces {path}", "mend `replaces`")


def check_retracted_used(facts: Facts) -> Iterator[Finding]:
    """Nothing leans on a retracted claim: none that it replaced, no note or basis that names it."""
    retracted = {claim.id for claim in facts.claims if claim.retracted}
    left = {claim.id for claim in facts.claims} - retracted
    left -= {claim.replaces for claim in facts.claims if claim.replaces and not claim.retracted}
    for claim in facts.claims:
        if claim.retracted and claim.replaces in left:
            message = f"is retracted, so that nothing stands in the place of {claim.replaces}, which it replaced"
            yield of(claim, message, f"medaid retract {claim.replaces} too, or replace it with what should stand")
    texts = [(f"claim {claim.id}", claim.note) for claim in standing(facts.claims, facts)]
    texts += [(f"programme {one.id}", one.basis) for one in facts.programmes.values()]
    for where, text in texts:
        for id in dict.fromkeys(re.findall(CLAIM_ID, text or "")):
            if id in retracted:
                yield Finding(where, f"names {id}, which is retracted", "mend the text")


def check_parts_above_whole(facts: Facts) -> Iterator[Finding]:
    """Parts do not come to more than a whole that holds them all."""
    if {facts.info.provider, facts.info.world} <= facts.places.keys():  # nothing can be added up without these
        for wanted, typed in ((Filter(), ""), (Filter(programme=(INBOUND,)), f" -p {INBOUND}")):
            for line in measure_lines(query.select(facts, wanted), wanted, facts, full=False):
                yield from contradictions(line, facts, f"medaid stats -m {line.measure.id}{typed}")


def check_falling_total(facts: Facts) -> Iterator[Finding]:
    """A running total does not fall from one day to a later one."""
    for quantity in counted(facts):
        told = [one for one in dated(quantity) if one.told.kind == "total" and one.told.end is None]
        by_end = deque(sorted(told, key=lambda one: one.until))
        most: Dated | None = None
        for later in sorted(told, key=lambda one: one.since):
            while by_end[0].until < later.since:
                earlier = by_end.popleft()
                most = earlier if most is None or earlier.low > most.low else most
            if most and later.high < most.low:
                before = most.told.claim
                message = f"is below {before.id}, {shown(before.quote)}, which is earlier"
                yield of(later.told.claim, message, f"look at both; {MEND}")


def check_now_above_ever(facts: Facts) -> Iterator[Finding]:
    """What there is on a day is not more than there ever was by then."""
    found = counted(facts)
    ever: dict[tuple[object, ...], list[Dated]] = defaultdict(list)
    for quantity in found:
        ever[quantity.scope.measure, *who(quantity)] += [one for one in dated(quantity) if is_ever(one.told, facts)]
    for quantity in found:
        if not quantity.scope.measure.endswith(NOW):
            continue
        wholes = ever.get((quantity.scope.measure.removesuffix(NOW), *who(quantity)), [])
        by_start = deque(sorted(wholes, key=lambda one: one.since, reverse=True))
        least: Dated | None = None
        for now in sorted(dated(quantity), key=lambda one: one.until, reverse=True):
            while by_start and by_start[0].since >= now.until:
                later = by_start.popleft()
                least = later if least is None or later.high < least.high else least
            if least and least.high < now.low:
                whole = least.told.claim
                message = f"is more than there ever were by then: {whole.id}, {shown(whole.quote)}"
                yield of(now.told.claim, message, f"look at both; {MEND}")


CHECKS = (
    Check(check_claim_id, "error", each=True),
    Check(check_quote_length, "error", each=True),
    Check(check_quote_value, "error", each=True),
    Check(check_quote_unread, "warning", each=True),
    Check(check_disputed_note, "error", each=True),
    Check(check_told_early, "error", each=True),
    Check(check_locator, "warning", each=True),
    Check(check_duplicate_claim, "error", each=False),
    Check(check_duplicate_source, "warning", each=False),
    Check(check_unused_source, "warning", each=False),
    Check(check_origin_loop, "error", each=False),
    Check(check_replaced_loop, "error", each=False),
    Check(check_retracted_used, "error", each=False),
    Check(check_parts_above_whole, "error", each=False),
    Check(check_falling_total, "warning", each=False),
    Check(check_now_above_ever, "warning", each=False),
)


# The rules that a store must keep to load; those above are for stores that do.
LOADED = (
    ("newer-format", "The store's format is one that this medaid reads."),
    ("missing-table", "All six tables are there."),
    ("unknown-table", "No table has a name that medaid does not know."),
    ("store-table", "The table `store` has one document."),
    ("missing-field", "A record has all fields that have no default."),
    ("unknown-field", "A record has no field that medaid does not know: most often it is misspelt."),
    ("bad-value", "A field holds what it is for."),
    ("edtf", "Days and periods are EDTF, of the calendar, and end after they start."),
    ("duplicate-id", "No id stands twice in a table."),
    ("unknown-id", "What a record refers to is there."),
    ("place-loop", "No place is within itself."),
    ("value-unclear", "A claim without a value has a quote with just one number."),
    ("value-hedge", "A claim has value and hedge, or neither."),
    ("no-value", "A claim of a measure that counts has a value."),
    ("value-unused", "A claim of an event or an activity has none."),
)
# Every rule: its name, how bad it is to break it, and what holds where it is kept.
RULES = (
    *((rule, "error", what) for rule, what in LOADED),
    *((check.rule, check.severity, check.what) for check in CHECKS),
)


def everything(path: Path, rules: Sequence[str] = ()) -> tuple[Facts, list[Problem]]:
    """The facts as far as they are sound; all that keeps the store from loading, and what the checks find.

    Records that are broken get no second problem for what they refer to. `rules`: the checks that are wanted, or all.

    Raises:
        StoreError: if the file can't be read, or holds no tables at all.
    """
    tables = content.read_file(path)
    facts, problems = store.examine(path, tables)
    if facts is None:
        return nothing(path), problems
    claims = tables["claims"].values()
    used = {f"source {claim.get('source')}" for claim in claims}
    whole = facts.replace(
        replaced=facts.replaced | {id for claim in claims if isinstance(id := claim.get("replaces"), str)},
        above={place: uppers & facts.places.keys() for place, uppers in facts.above.items()},
    )
    found = [one for one in run(whole, rules) if not (one.rule == "unused-source" and one.where in used)]
    return facts, [*problems, *found]


def nothing(path: Path) -> Facts:
    """A store of which nothing could be read."""
    info = StoreInfo(0, "", "", 0, "", "", (), "", "")
    return Facts(str(path), info, (), {}, {}, {}, {}, {}, frozenset(), {}, {}, frozenset())


def run(facts: Facts, rules: Sequence[str] = ()) -> Iterator[Problem]:
    """All that the checks find, or those with these names."""
    claims = standing(facts.claims, facts)
    for check in CHECKS:
        if not rules or check.rule in rules:
            yield from problems_of(check, claims, facts)


def of_claim(claim: Claim, facts: Facts) -> Iterator[Problem]:
    """What the checks of single claims find in this one."""
    return (one for check in CHECKS if check.each for one in problems_of(check, (claim,), facts))


def problems_of(check: Check, claims: Iterable[Claim], facts: Facts) -> Iterator[Problem]:
    """What one check finds in the claims, or, if it looks at the whole store, there."""
    for given in ((claim, facts) for claim in claims) if check.each else ((facts,),):
        for one in check.find(*given):
            yield Problem(check.rule, one.where, one.message, one.remedy, check.severity)


def of(claim: Claim, message: str, remedy: str) -> Finding:
    """A finding on a claim."""
    return Finding(f"claim {claim.id}", message, remedy)


def identity(claim: Claim) -> tuple[object, ...]:
    """What makes two claims one: all but the id and our own words."""
    place = (claim.source, claim.locator, figures.fold(claim.quote))
    scope = (claim.measure, frozenset(claim.recipient), claim.provider, claim.programme, claim.period)
    return (*place, *scope, claim.value, claim.hedge, claim.status)


def addresses(source: Source) -> Iterator[tuple[object, ...]]:
    """What no two sources share."""
    if source.URL:
        yield (source.URL,)
    if source.issued:
        yield source.title, source.publisher, source.issued


def read_quote(claim: Claim, facts: Facts) -> list[figures.Figure]:
    """The figures of a quote, in its source's language."""
    return figures.read(claim.quote, facts.sources[claim.source].language)


def loops(links: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Where links come back to where they began: the id, and "itself" with the others; each loop once."""
    settled: set[str] = set()
    for start in links:
        path: list[str] = []
        at: str | None = start
        while at and at in links and at not in settled:
            settled.add(at)
            path.append(at)
            at = links[at]
        if at in path:
            first, *others = path[path.index(at) :]
            yield first, f"itself, through {' and '.join(others)}" if others else "itself"


def contradictions(line: Line, facts: Facts, command: str) -> Iterator[Finding]:
    """The wholes of a measure that are below their parts; without any, that parts are above all that is asked for."""
    nests, checks = (line.total.nests, line.total.checks) if line.total else ((), ())
    wrong = [(nest, check) for nest in nests if (check := parts_fit(nest, facts)) and not check.ok]
    remedy = f"see {command}; {MEND}"
    for nest, check in wrong:
        parts = [part.claims[-1] for part in nest.parts]
        named = ", ".join([*parts[:MOST_NAMED], "..."] if len(parts) > MOST_NAMED else parts)
        yield of(nest.quantity.told[-1].claim, f"is below its parts ({named}): {check.text}", remedy)
    for check in () if wrong else checks:
        if not check.ok:
            yield Finding(f"measure {line.measure.id}", check.text, remedy)


def counted(facts: Facts) -> list[Quantity]:
    """The quantities of the claims that count."""
    told = query.inside(query.select(facts, Filter()), facts)
    return quantities((one for one in told if counts(one.claim, facts)), facts)


class Dated(Record, frozen=True):
    """A claim with a number and a day: the first and last day that it may speak of, and its bounds."""

    told: Told
    since: str
    until: str
    low: int
    high: int


def dated(quantity: Quantity) -> list[Dated]:
    """The claims of a quantity that have a day."""
    return [
        Dated(one, one.as_of.earliest, one.as_of.latest, one.interval.low, FAR if high is None else high)
        for one in quantity.told
        if one.as_of and one.interval
        for high in [one.interval.high]
    ]


def is_ever(told: Told, facts: Facts) -> bool:
    """Whether it counts all that there ever was: from the epoch, the programme's start, or no stated start at all."""
    printed = told.start is not None and told.start_basis == "printed" and told.start.year > facts.info.epoch
    return told.kind == "total" and told.end is None and not printed


def who(quantity: Quantity) -> tuple[object, ...]:
    """The scope without measure and time."""
    scope = quantity.scope
    return scope.provider, scope.recipients, scope.programme, scope.open_list
