"""Changing a store: documents made whole and judged as they come in, then written in one transaction.

Nothing is written unless every document is good, and the store loads with them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from medaid_cli import checks, store, transaction
from medaid_cli.content import read_file
from medaid_cli.errors import UnknownNameError, UsageError
from medaid_cli.model import Claim, Facts, Place, Problem, Record
from medaid_cli.records import TABLES, Document, complete_claim, document_of, read_document
from medaid_cli.references import Known, record_problems
from medaid_cli.rows import Row
from medaid_cli.scopes import standing

# What commands print beside the stored fields: rows that they printed can be entered.
COMPUTED = {
    "claims": ("low", "high", "as_of", "start", "start_basis"),
    "sources": ("claims",),
    "measures": ("claims",),
    "programmes": ("claims",),
    "places": ("kind", "claims"),
}
WORDS = ("statement", "attributed_to", "and_others", "note", "replaces", "retracted")
PRINTED = ("retracted", "replaced")  # statuses that are printed, not stored: other fields tell them
LONGEST_QUOTE = 1000  # characters: more is no figure phrase, and not worth reading
LONGEST_TOLD = 300  # characters
TAKEN = ("duplicate-id", "is there already, and says something else")
SETTLED = "but retracted or replaced: under an --id of its own it is entered anew"
NOT_REPLACED = ("is called replaced, but no claim replaces it", "enter the one that does with it, or mend the status")


class Refused(Record, frozen=True):
    """A row that can't be entered: its line, and why not."""

    line: int
    problem: Problem


class Count(Record, frozen=True):
    """What became of the rows of one table."""

    table: str
    added: int = 0
    skipped: int = 0
    refused: int = 0


class Verdict(Record, frozen=True):
    """What a document comes to: a record and all that is to be stored, or what is wrong with it.

    `there`: the id of the record that is there already, and `how` it is; then there is nothing to be stored.
    """

    record: Any = None
    document: Document = MappingProxyType({})
    problems: Sequence[Problem] = ()
    there: str = ""
    how: str = "and says the same"

    @property
    def outcome(self) -> Literal["added", "skipped", "refused"]:
        """What becomes of it."""
        return "refused" if self.problems else "skipped" if self.there else "added"


def listed(record: Record) -> Record:
    """The record with what a place lies within as a list, also where it stands alone in the file."""
    return record.replace(within=record.parents) if isinstance(record, Place) else record


class Intake:
    """What is on its way into a store: judged against what is there and what came before it."""

    def __init__(self, facts: Facts) -> None:
        """Begin with what is there."""
        self.facts = facts.replace(
            sources=dict(facts.sources),
            measures=dict(facts.measures),
            programmes=dict(facts.programmes),
            places=dict(facts.places),
            above=dict(facts.above),
        )
        self.claims = {claim.id: claim for claim in facts.claims}
        self.replaced = set(facts.replaced)
        self.same = {checks.identity(claim): claim.id for claim in (*facts.claims, *standing(facts.claims, facts))}
        self.ready: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.numbers: dict[str, int] = defaultdict(lambda: 1)  # per place in a source, the next that may be free
        self.known = Known.in_facts(self.facts).replace(claims=self.claims.keys())  # which grow with what is taken

    def take(self, table: str, given: Document) -> Verdict:
        """Judge a document, and keep it to be written if it is good and new."""
        verdict = self.judge(table, given)
        if verdict.outcome == "added":
            self.remember(table, verdict.record)
            self.ready[table].append(document_of(table, verdict.document))
        return verdict

    def remember(self, table: str, record: Any) -> None:
        """Have a record known to what comes after it."""
        if table == "claims":
            self.remember_claim(record)
            return
        getattr(self.facts, table)[record.id] = record
        if table == "places":
            self.facts.above[record.id] = frozenset([record.id]).union(*(self.facts.above[up] for up in record.parents))

    def remember_claim(self, claim: Claim) -> None:
        """As `remember`; what it replaces no longer stands."""
        self.claims[claim.id] = claim
        self.same[checks.identity(claim)] = claim.id
        if claim.replaces:
            self.replaced.add(claim.replaces)

    def judge(self, table: str, given: Document) -> Verdict:
        """What a document comes to; what commands print beside the stored fields is left out."""
        kind = TABLES[table][0]
        document = {name: value for name, value in given.items() if value is not None and name not in COMPUTED[table]}
        try:
            verdict = self.judge_claim(document) if table == "claims" else self.judge_other(table, document)
        except RecursionError:
            verdict = refused(kind, "bad-value", "is nested too deeply to be a record", "mend it")
        if not isinstance(document.get("id"), str) and not verdict.there:  # the id that it would get tells nobody where
            verdict = verdict.replace(problems=[one.replace(where=kind) for one in verdict.problems])
        return verdict.replace(problems=[brief(one) for one in verdict.problems])

    def judge_claim(self, given: Document) -> Verdict:
        """As `judge`, for claims."""
        own, where = given.get("id"), f"claim {given.get('id')}"
        there = self.claims.get(own) if isinstance(own, str) else None
        settled = "retracted" in given or given.get("status") in PRINTED
        try:
            document = self.completed(given, there)
        except ValueError as error:
            return refused(where, "value-unclear", str(error), "give value and hedge")
        if isinstance(given.get("quote"), str) and len(given["quote"]) > LONGEST_QUOTE:
            message = f"has a quote of {len(given['quote']):,} characters"
            return refused(where, "quote-length", message, "keep the figure phrase alone")
        if given.get("status") == "retracted" and not ("retracted" in given or (there and there.retracted)):
            return refused(where, "bad-value", "is called retracted without day and reason", "give `retracted`")
        claim, problems = read_document("claims", "new", document)
        problems = problems or list(record_problems(claim, self.facts, self.known))
        if not problems and not settled:  # as `medaid check`, which lets settled claims be
            problems = [one for one in checks.of_claim(claim, self.facts) if one.severity == "error"]
        if problems:
            return Verdict(problems=problems)
        if there and checks.identity(there) != checks.identity(claim):
            return refused(where, *TAKEN, f"medaid replace {own} changes it; without an id yours gets a new one")
        return self.compare(claim, document, given, there)

    def completed(self, given: Document, there: Claim | None) -> dict[str, Any]:
        """The claim with all its defaults, the id among them.

        Raises:
            ValueError: as `complete_claim`.
        """
        status = {"status": there.status if there else "done"} if given.get("status") in PRINTED else {}
        source = self.facts.sources.get(str(given.get("source")))
        language = source.language if source else "und"
        found = dict(complete_claim({**given, **status}, self.facts.measures, self.facts.info, language))
        found.setdefault("id", self.new_id(found))
        return found

    def compare(self, claim: Claim, document: Document, given: Document, there: Claim | None) -> Verdict:
        """A good claim, held against the one with its id, or else one that says the same.

        What was retracted or replaced comes back only under an id of its own, or in the place of another.
        """
        same = self.same.get(checks.identity(claim))
        if not there and same and same != claim.replaces:
            there = self.claims[same]
            if there.retracted or same in self.replaced:
                anew = "id" in given or claim.replaces not in (None, there.replaces)
                return Verdict(claim, document) if anew else Verdict(there=same, how=SETTLED)
        if not there:
            return Verdict(claim, document)
        return Verdict(problems=list(differences(claim, there, given)), there=there.id)

    def judge_other(self, table: str, document: Document) -> Verdict:
        """As `judge`, for sources and the vocabulary."""
        record, problems = read_document(table, "new", document)
        if record is None:
            return Verdict(problems=problems)
        there = getattr(self.facts, table).get(record.id)
        if there and listed(there) == listed(record):
            return Verdict(there=record.id)
        if there:
            return refused(f"{TABLES[table][0]} {record.id}", *TAKEN, "give it another id")
        problems = list(record_problems(record, self.facts, self.known))
        return Verdict(problems=problems) if problems else Verdict(record, document)

    def new_id(self, document: Document) -> str:
        """The next free id at the document's place."""
        start = f"{document.get('source')}:{document.get('locator')}:"
        while f"{start}{self.numbers[start]}" in self.claims:
            self.numbers[start] += 1
        return f"{start}{self.numbers[start]}"


def refused(where: str, rule: str, message: str, remedy: str) -> Verdict:
    """What is wrong, if it is one thing."""
    return Verdict(problems=[Problem(rule, where, message, remedy)])


def brief(problem: Problem) -> Problem:
    """The problem in a few lines at most, whatever it quotes."""
    return problem.replace(where=cut(problem.where), message=cut(problem.message), remedy=cut(problem.remedy))


def cut(text: str) -> str:
    """The text, or its beginning."""
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + "..."


def differences(claim: Claim, there: Claim, given: Document) -> Iterator[Problem]:
    """In which of our own words a claim that is there already differs, if it does."""
    for name in WORDS:
        if name in given and getattr(claim, name) != getattr(there, name):
            message, remedy = f"is there already, with another {name}", f"medaid replace {there.id} changes it"
            if name in ("replaces", "retracted"):
                remedy = f"medaid retract {claim.replaces if name == 'replaces' else there.id} takes that one out"
            yield Problem("already-there", f"claim {there.id}", message, remedy)
            return


def enter(
    path: Path,
    rows: Iterable[Row],
    table: str | None,
    tell: Callable[[Refused], None],
    *,
    wait: float,
    day: str,
    dry_run: bool = False,
) -> list[Count]:
    """Enter rows, all of them or none; those that are there already are counted, those that can't be are told.

    Args:
        path: the store.
        rows: one after the other; they are not held.
        table: the table they belong to; None: as their fields tell.
        tell: is given each row that can't be entered.
        wait: how many seconds to wait for another writer.
        day: today.
        dry_run: judge only.

    Raises:
        StoreError: as `transaction.changing`.
    """
    if dry_run:
        return take_all(Intake(store.load(path)), rows, table, tell, keep=False)
    with transaction.changing(path, wait, day) as draft:
        intake = Intake(draft.facts)
        counts = take_all(intake, rows, table, tell, keep=True)
        for name, documents in intake.ready.items():
            transaction.insert(draft, name, documents)
    return counts


def take_all(
    intake: Intake, rows: Iterable[Row], table: str | None, tell: Callable[[Refused], None], *, keep: bool
) -> list[Count]:
    """What becomes of each row, by table. Once one is refused none is kept, since none will be written."""
    counts: dict[str, Count] = {}
    replaced: dict[str, int] = {}  # the lines of claims that are called so
    for row in rows:
        name = table or row.table or "rows"
        verdict = take_row(intake, row, name)
        counts[name] = more(counts.get(name, Count(name)), verdict.outcome)
        for problem in verdict.problems:
            tell(Refused(row.line, problem))
        if verdict.problems:
            keep = False
        elif row.document and row.document.get("status") == "replaced" and name == "claims":
            replaced[verdict.there or verdict.record.id] = row.line
        if not keep:
            intake.ready.clear()
    for id, line in replaced.items():
        if id not in intake.replaced:
            counts["claims"] = more(counts["claims"], "refused")
            tell(Refused(line, Problem("not-replaced", f"claim {id}", *NOT_REPLACED)))
            intake.ready.clear()
    return list(counts.values())


def more(count: Count, outcome: str) -> Count:
    """One more row with this outcome."""
    return count.replace(**{outcome: getattr(count, outcome) + 1})


def take_row(intake: Intake, row: Row, table: str) -> Verdict:
    """What one row comes to."""
    if row.document is None:
        return refused("row", "unreadable-row", cut(row.complaint), "mend the row")
    if table not in TABLES:
        message = "is neither a claim, with a quote, nor a source, with a title"
        return refused("row", "unknown-row", message, "name the fields as the store does, or give --table")
    return intake.take(table, row.document)


def add(path: Path, table: str, document: Document, *, wait: float, day: str) -> Any:
    """Enter one document; its record.

    Raises:
        UsageError: if anything is wrong with it, or it is there already.
        StoreError: as `transaction.changing`.
    """
    with transaction.changing(path, wait, day) as draft:
        intake = Intake(draft.facts)
        record = only(intake.take(table, document), table)
        transaction.insert(draft, table, intake.ready[table])
    return record


def only(verdict: Verdict, table: str) -> Any:
    """The record of one document that must be good and new.

    Raises:
        UsageError: if it is not.
    """
    if verdict.problems:
        raise UsageError("; ".join(f"{one.where}: {one.message}; {one.remedy}" for one in verdict.problems))
    if verdict.there:
        raise UsageError(f"{TABLES[table][0]} {verdict.there}: is there already {verdict.how}; nothing is changed")
    return verdict.record


def retract(path: Path, id: str, reason: str, *, wait: float, day: str) -> Claim:
    """Take a claim out of all sums; it stays, with the day and the reason.

    Raises:
        UsageError: if there is no such claim, it is retracted or replaced already, or there is no reason.
        StoreError: as `transaction.changing`.
    """
    if not reason.strip():
        raise UsageError("--reason needs words")
    with transaction.changing(path, wait, day) as draft:
        claim = standing_claim(draft.facts, id)
        transaction.change(draft, "claims", id, {"retracted": {"day": day, "reason": reason}})
    return claim


def replace(path: Path, id: str, changes: Mapping[str, Any], *, wait: float, day: str) -> Claim:
    """Put a new claim in the place of one that stays, out of all sums; the new one.

    What is not changed is as it was, and None takes a field away; value and hedge are read anew from a changed quote.

    Raises:
        UsageError: if there is no such claim, it is replaced or retracted already, or the new one is not good.
        StoreError: as `transaction.changing`.
    """
    with transaction.changing(path, wait, day) as draft:
        old = standing_claim(draft.facts, id)
        dropped = {"id", "replaces"} | ({"value", "hedge"} if {"quote", "measure"} & set(changes) else set())
        kept = {name: value for name, value in transaction.document(draft, "claims", id).items() if name not in dropped}
        intake = Intake(draft.facts)
        claim: Claim = only(intake.take("claims", {**kept, **changes, "replaces": id}), "claims")
        if claim.replace(id=id, replaces=old.replaces) == old:
            raise UsageError("nothing is changed: give what is to be another")
        transaction.insert(draft, "claims", intake.ready["claims"])
    return claim


def standing_claim(facts: Facts, id: str) -> Claim:
    """A claim that can still be retracted or replaced, as one can whose replacement was retracted.

    Raises:
        UsageError: if it can't, or is not there.
    """
    claim = next((claim for claim in facts.claims if claim.id == id), None)
    if claim is None:
        raise UnknownNameError("claim", id, [])
    if claim.retracted:
        raise UsageError(f"{id} was retracted on {claim.retracted.day}: {claim.retracted.reason}")
    by = [other.id for other in facts.claims if other.replaces == id and not other.retracted]
    if by:
        raise UsageError(f"{id} is replaced by {by[0]}: that is the one to change")
    return claim


def new_store(path: Path, title: str | None, *, claims: bool, force: bool, wait: float, day: str) -> Facts:
    """A store with the vocabulary of the shipped one, and its claims and sources if wanted.

    Raises:
        UsageError, StoreError: as `transaction.create`; also if the title is blank.
    """
    if title is not None and not title.strip():
        raise UsageError("--title needs words")
    tables = read_file(store.shipped())
    if not claims:
        tables |= {"claims": {}, "sources": {}}
    [info] = tables["store"].values()
    info["updated"] = day
    info["title"] = title or info["title"]
    return transaction.create(path, tables, wait, force=force).replace(path=str(path))
