"""Documents on their way into a store: made whole, and judged against what is there and what came before them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any, Literal

from medaid_cli import checks
from medaid_cli.model import Claim, Facts, Place, Problem, Record
from medaid_cli.records import TABLES, Document, complete_claim, document_of, read_document
from medaid_cli.references import Known, record_problems
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
            return refused(where, "quote-length", message, checks.KEEP_SHORT)
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
