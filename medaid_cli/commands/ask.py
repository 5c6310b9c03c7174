"""Asking step by step for what a claim or a source still needs: only at a terminal, and nothing is written meanwhile.

Each answer is judged at once and asked for again if it can't stand; Tab completes ids; Ctrl-C or Ctrl-D ends it all.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from medaid_cli import checks, figures, names, records, rows
from medaid_cli.commands.intake import place
from medaid_cli.curation import only
from medaid_cli.errors import BrokenOffError, MedaidError, UsageError
from medaid_cli.judging import Intake
from medaid_cli.model import HEDGES, OUTLETS, READ, Facts, Record
from medaid_cli.render.clean import clean
from medaid_cli.render.output import World

NEEDED = {"claims": ("source", "locator", "quote", "measure"), "sources": ("id", "title")}


class Question(Record, frozen=True):
    """A field, what to ask, and how an answer is read.

    `offers` may complete it, an empty one means `default`, and `rules` are those that it may break.
    """

    field: str
    words: str
    read: Callable[[str], Any]
    offers: Iterable[str] = ()
    default: str = ""
    rules: tuple[str, ...] = ()


class Talk(Record, frozen=True):
    """What it is about: the table, what answers are held against, and where to say something."""

    table: str
    intake: Intake
    world: World

    def say(self, text: str) -> None:
        """Write a line."""
        self.world.err.write(clean(text) + "\n")


def asked_claim(given: Mapping[str, Any], facts: Facts, world: World) -> dict[str, Any]:
    """The claim's fields, those that are missing asked for.

    Raises:
        UsageError: if some are missing and there is no one to ask, or what is given can't stand.
        BrokenOffError: if the user breaks it off.
    """
    if not is_wanting("claims", given, world):
        return dict(given)
    if not facts.sources:
        raise UsageError("the store has no source yet: medaid add-source enters the text that prints the claim")
    talk = opened("claims", facts, world)
    found = answers(claim_questions(facts), given, talk)
    found = answers(figure_questions(found, talk), found, talk)
    return confirmed(answers(scope_questions(facts), found, talk), talk)


def asked_source(given: Mapping[str, Any], facts: Facts, world: World) -> dict[str, Any]:
    """The source's fields, as `asked_claim`.

    Raises:
        UsageError, BrokenOffError: likewise.
    """
    if not is_wanting("sources", given, world):
        return dict(given)
    talk = opened("sources", facts, world)
    return confirmed(answers(source_questions(facts), given, talk), talk)


def opened(table: str, facts: Facts, world: World) -> Talk:
    """The talk, with a word on how it goes."""
    talk = Talk(table, Intake(facts), world)
    talk.say("Tab completes or lists, Enter takes what stands in brackets, Ctrl-C ends it and changes nothing.")
    return talk


def is_wanting(table: str, given: Mapping[str, Any], world: World) -> bool:
    """Whether something needed is missing, and someone can be asked.

    Raises:
        UsageError: if no one can.
    """
    missing = [f"--{name}" for name in NEEDED[table] if given.get(name) is None]
    if missing and not world.asking:
        raise UsageError(
            f"a {records.TABLES[table][0]} needs {', '.join(missing)}; without a terminal nothing is asked"
        )
    return bool(missing)


def claim_questions(facts: Facts) -> list[Question]:
    """What every claim needs."""
    return [
        Question("source", "Source, by id or title", lambda text: names.source(text, facts), facts.sources),
        Question("locator", "Place in its text (p7: 7th line that is not blank; or opening)", records.locator),
        Question("measure", "What is counted", lambda text: names.measure(text, facts), facts.measures),
        Question("quote", "Figure as printed, 1 to 8 words", quote),
    ]


def figure_questions(found: Mapping[str, Any], talk: Talk) -> list[Question]:
    """What the quote does not tell, once it is said what it does."""
    facts = talk.intake.facts
    if facts.measures[found["measure"]].kind not in ("total", "stock"):
        return []
    read = figures.read(found["quote"], facts.sources[found["source"]].language)
    for one in read:
        talk.say(f"  read as {one.value:,}, {one.hedge}: {figures.words(figures.interval(one.value, one.hedge))}")
    if len(read) == 1:
        return []
    talk.say("  several numbers: which one is it?" if read else "  no number can be read in it")

    def value(text: str) -> int:
        number = records.whole(rows.number(text.replace(",", "")))
        if read and number not in [one.value for one in read]:
            raise ValueError("the quote has another number")
        return number

    values = Question("value", "The number, in digits", value, [str(one.value) for one in read])
    hedges = Question("hedge", f"How it is hedged ({', '.join(HEDGES)})", records.one_of(HEDGES), HEDGES, "exact")
    return [values] if read else [values, hedges]


def scope_questions(facts: Facts) -> list[Question]:
    """What the figure is of; the store's own defaults."""
    info = facts.info
    world, provider = facts.places[info.world].name, facts.places[info.provider].name
    places = (*facts.places, *(one.name for one in facts.places.values()))

    def recipients(text: str) -> list[str]:
        return list(dict.fromkeys(place(one.strip(), facts) for one in text.split(";") if one.strip()))

    return [
        Question("recipient", "Whose people (several: with ; between)", recipients, places, world),
        Question("provider", "Who gave it", lambda text: place(text, facts), places, provider),
        Question("programme", "Line of work", lambda text: names.programme(text, facts), facts.programmes, "any"),
        Question(
            "period",
            "Period (1963/.. since then; 2018/2022; /.. if no start is stated)",
            period,
            default="/..",
            rules=("told-early",),
        ),
        Question("statement", "One sentence in your own words", str, rules=("already-there",)),
    ]


def source_questions(facts: Facts) -> list[Question]:
    """What a source is best known by; an empty answer leaves a field out."""

    def new_id(text: str) -> str:
        if text in facts.sources:
            raise ValueError(f"{text!r} is there already: {facts.sources[text].title}")
        return records.name(text)

    outlet = records.one_of(OUTLETS)
    return [
        Question("id", "Id, short and lasting (who-2014-03-23)", new_id),
        Question("title", "Title as printed", records.name),
        Question("publisher", "Who prints it", str),
        Question("issued", "Day, month or year (2014-03-23, 2014-03, 2014; empty if unknown)", day_or_nothing),
        Question("URL", "Address", str),
        Question("language", "Language (en, fr, zh)", records.name, default="und"),
        Question("outlet", "Kind (state-media, embassy, ngo-or-un; Tab lists all)", outlet, OUTLETS, "other"),
        Question("read", "How much of it was read (full, opening)", records.one_of(READ), READ, "opening"),
    ]


def quote(text: str) -> str:
    """A phrase that is short enough, as typed."""
    told = checks.over_length(text)
    if told:
        raise ValueError(f"{told}; {checks.KEEP_SHORT}")
    return records.name(text)


def period(text: str) -> str:
    """A period that can be read, as typed."""
    records.period(text)
    return text


def day_or_nothing(text: str) -> str:
    """A date that can be read, or nothing."""
    if text:
        records.date(text)
    return text


def answers(questions: Iterable[Question], given: Mapping[str, Any], talk: Talk) -> dict[str, Any]:
    """What is given, and an answer to each question about what is not; empty ones are left out."""
    found = {name: value for name, value in given.items() if value is not None}
    for question in questions:
        if question.field not in found:
            answer = answered(question, found, talk)
            if answer != "":
                found[question.field] = answer
    return found


def answered(question: Question, found: Mapping[str, Any], talk: Talk) -> Any:
    """The answer to one question, asked until it can stand.

    Raises:
        BrokenOffError: if the user breaks it off.
    """
    prompt = f"{question.words} [{question.default}]: " if question.default else f"{question.words}: "
    with suppress(ImportError):
        complete_from(list(question.offers))
    while True:
        try:
            answer = question.read(input(clean(prompt)).strip() or question.default)
        except (KeyboardInterrupt, EOFError):
            talk.say("")
            raise BrokenOffError("broken off; nothing is changed") from None
        except (MedaidError, ValueError) as error:
            talk.say(f"  {error}")
            continue
        verdict = talk.intake.judge(talk.table, {**found, question.field: answer})
        broken = [one for one in verdict.problems if one.rule in question.rules]
        if not broken:
            return answer
        talk.say(f"  {broken[0].message}; {broken[0].remedy}")


def complete_from(words: list[str]) -> None:
    """Let Tab complete these."""
    import readline  # not on every system

    def offer(text: str, state: int) -> str | None:
        begun = text.lstrip()
        fitting = [word for word in words if word.casefold().startswith(begun.casefold())]
        return text[: len(text) - len(begun)] + fitting[state] if state < len(fitting) else None

    readline.set_completer_delims(";")
    readline.set_completer(offer)
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")


def confirmed(found: dict[str, Any], talk: Talk) -> dict[str, Any]:
    """The fields, once the user has seen what comes of them and agreed.

    Raises:
        UsageError: if they can't be entered.
        BrokenOffError: if the user does not agree.
    """
    verdict = talk.intake.judge(talk.table, found)
    record = only(verdict, talk.table)
    for name, value in records.document_of(talk.table, verdict.document).items():
        if value not in (None, "", []):
            talk.say(f"  {name}: {in_words(name, value, talk.intake.facts)}")
    yes_or_no = records.one_of(("yes", "y", "no", "n"))
    question = Question("", f"Enter {record.id} (yes, no)", yes_or_no, ("yes", "no"), "yes")
    if answered(question, found, talk).startswith("n"):
        raise BrokenOffError("not entered; nothing is changed")
    return found


def in_words(name: str, value: Any, facts: Facts) -> str:
    """A field's value as people read it."""
    if name in ("recipient", "provider"):
        return ", ".join(facts.places[id].name for id in ([value] if name == "provider" else value))
    return f"{value:,}" if name == "value" else str(value)
