"""Being asked, at a terminal, for what a claim or a source still needs."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import claim, source
from factories import facts as made_up
from program import FIGURE, FIVE, in_terminal, invoke, prepared, run

from medaid_cli import store
from medaid_cli.commands import ask
from medaid_cli.errors import BrokenOffError, UsageError
from medaid_cli.model import Facts
from medaid_cli.render.output import World

ADD = ("add", "--store", "my.json")
ADD_SOURCE = ("add-source", "--store", "my.json")
PROMPTS = {
    "source": "Source, by id or title: ",
    "locator": "Place in its text (p7: 7th line that is not blank; or opening): ",
    "measure": "What is counted: ",
    "quote": "Figure as printed, 1 to 8 words: ",
    "recipient": "Whose people (several: with ; between) [World]: ",
    "provider": "Who gave it [China]: ",
    "programme": "Line of work [any]: ",
    "period": "Period (1963/.. since then; 2018/2022; /.. if no start is stated) [/..]: ",
    "statement": "One sentence in your own words: ",
    "": "(yes, no) [yes]: ",
}
SOURCE_PROMPTS = {
    "id": "Id, short and lasting (who-2014-03-23): ",
    "title": "Title as printed: ",
    "publisher": "Who prints it: ",
    "issued": "Day, month or year (2014-03-23, 2014-03, 2014; empty if unknown): ",
    "URL": "Address: ",
    "language": "Language (en, fr, zh) [und]: ",
    "outlet": "Kind (state-media, embassy, ngo-or-un; Tab lists all) [other]: ",
    "read": "How much of it was read (full, opening) [opening]: ",
    "": "(yes, no) [yes]: ",
}
ANSWERS = {"source": "cgtn-2023", "locator": "p7", "measure": "personnel", "quote": "nearly 30,000 people"}
SOURCE_ANSWERS = {"id": "who-2014", "title": "Ebola response"}
QUIET = {"NO_COLOR": "1", "TERM": "dumb"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a store of one's own."""
    return prepared(tmp_path)


def answers(**changed: str) -> list[tuple[str, str]]:
    """Each prompt for a claim, and what is typed there."""
    return [(prompt, (ANSWERS | changed).get(field, "") + "\n") for field, prompt in PROMPTS.items()]


def talk(home: Path, *words: str, turns: list[tuple[str, str]]) -> tuple[str, int]:
    """What is shown, on plain lines, and the exit code."""
    shown, code = in_terminal(*words, talk=turns, env=QUIET, cwd=home, columns=200)
    assert "Traceback" not in shown
    return shown.replace("\r\n", "\n"), code


def is_as_it_was(home: Path) -> bool:
    """Whether nothing was written, and nothing left behind."""
    same = (home / "my.json").read_bytes() == FIVE.read_bytes()
    return same and sorted(path.name for path in home.iterdir()) == ["my.json", "rows.csv", "texts"]


def test_a_claim_is_asked_for_step_by_step_and_entered(home: Path) -> None:
    changed = {
        "recipient": "Bénin; ml",
        "programme": "medical teams",
        "period": "1963/..",
        "statement": "So many went.",
    }
    shown, code = talk(home, *ADD, turns=answers(**changed))
    assert code == 0
    assert shown.startswith("Tab completes or lists, Enter takes what stands in brackets, Ctrl-C ends it and changes")
    assert "\n  read as 30,000, nearly: 27,000–29,999\n" in shown
    assert shown.partition("own words: So many went.\n")[2].splitlines()[:13] == [
        "  id: cgtn-2023:p7:1",
        "  source: cgtn-2023",
        "  locator: p7",
        "  quote: nearly 30,000 people",
        "  measure: personnel",
        "  value: 30,000",
        "  hedge: nearly",
        "  recipient: Benin, Mali",
        "  provider: China",
        "  programme: medical-teams",
        "  period: 1963/..",
        "  status: done",
        "  statement: So many went.",
    ]
    assert shown.endswith("next: medaid show cgtn-2023:p7:1 --store my.json\n")
    [found] = [one for one in store.load(home / "my.json").claims if one.id == "cgtn-2023:p7:1"]
    assert (found.value, found.recipient, found.period) == (30_000, ("BJ", "ML"), "1963/..")


def test_a_source_is_asked_for_step_by_step_and_entered(home: Path) -> None:
    answered = SOURCE_ANSWERS | {"publisher": "WHO", "issued": "2014-10", "language": "en", "outlet": "ngo-or-un"}
    turns = [(prompt, answered.get(field, "") + "\n") for field, prompt in SOURCE_PROMPTS.items()]
    shown, code = talk(home, *ADD_SOURCE, turns=turns)
    assert code == 0
    assert shown.endswith("next: medaid add --source who-2014 --store my.json\n")
    found = store.load(home / "my.json").sources["who-2014"]
    assert (found.title, found.publisher, found.issued) == ("Ebola response", "WHO", "2014-10")
    assert (found.URL, found.language, found.outlet, found.read) == (None, "en", "ngo-or-un", "opening")


def test_wrong_answers_are_told_and_asked_for_again(home: Path) -> None:
    wrong = {
        "source": ("cgtn-2032", "unknown source 'cgtn-2032'; did you mean cgtn-2023"),
        "locator": ("line 7", "expected a locator like p7 or opening, got 'line 7'"),
        "measure": ("", "unknown measure ''"),
        "quote": ("we saw that in all 5 people were sent", "has a quote of 9 words; 8 are the most"),
        "recipient": ("Atlantis", "unknown place 'Atlantis'"),
        "period": ("2024/..", "is done, from 2024/.., but its source was printed 2023-12-29"),
        "programme": ("medical-team", "did you mean medical-teams"),
        "": ("perhaps", "expected one of yes, y, no, n, got 'perhaps'"),
    }
    turns = []
    for prompt, answer in answers():
        field = next(field for field, words in PROMPTS.items() if words == prompt)
        turns += (
            [(prompt, f"{wrong[field][0]}\n"), (wrong[field][1], ""), (prompt, answer)]
            if field in wrong
            else [(prompt, answer)]
        )
    shown, code = talk(home, *ADD, turns=turns)
    assert code == 0
    assert shown.endswith("next: medaid show cgtn-2023:p7:1 --store my.json\n")


def test_wrong_answers_about_a_source_are_asked_for_again(home: Path) -> None:
    wrong = {"id": "cgtn-2023", "title": " ", "issued": "2014-13", "outlet": "x", "read": "all", "": "x"}
    turns = []
    for field, prompt in SOURCE_PROMPTS.items():
        turns += [(prompt, f"{wrong[field]}\n")] if field in wrong else []
        turns.append((prompt, SOURCE_ANSWERS.get(field, "") + "\n"))
    shown, code = talk(home, *ADD_SOURCE, turns=turns)
    assert code == 0
    assert "  'cgtn-2023' is there already: Sixty years on" in shown


def test_tab_completes_ids_and_names(home: Path) -> None:
    turns = [
        (PROMPTS["source"], "cg\t"),
        ("tn-2023", "\n"),
        (PROMPTS["locator"], "p7\n"),
        (PROMPTS["measure"], "PERS\t"),
        ("personnel", "\n"),
        (PROMPTS["quote"], "nearly 30,000 people\n"),
        (PROMPTS["recipient"], "Beni\t"),
        ("Benin", "; Mal\t\t"),
        ("Malta", "i\n"),
        (PROMPTS["provider"], "Shaan\t"),
        ("Shaanxi", "\n"),
        (PROMPTS["programme"], "peace\t"),
        ("peace-ark", "\n"),
        (PROMPTS["period"], "\n"),
        (PROMPTS["statement"], "\t\n"),
        (PROMPTS[""], "y\t"),
        ("yes", "\n"),
    ]
    _, code = in_terminal(*ADD, talk=turns, cwd=home, columns=200)
    assert code == 0
    found = {one.id: one for one in store.load(home / "my.json").claims}["cgtn-2023:p7:1"]
    assert (found.recipient, found.provider, found.programme) == (("BJ", "ML"), "CN-SN", "peace-ark")
    assert found.statement == ""


def test_what_is_given_is_not_asked_for(home: Path) -> None:
    given = ("-s", "cgtn-2023", "-m", "personnel", "--recipient", "BJ", "--period", "1963/..", "--note", "")
    asked = ("locator", "quote", "provider", "programme", "statement", "")
    shown, code = talk(home, *ADD, *given, turns=[(PROMPTS[field], ANSWERS.get(field, "") + "\n") for field in asked])
    assert code == 0
    assert [field for field, prompt in PROMPTS.items() if prompt in shown] == list(asked)


def test_when_nothing_needed_is_missing_nothing_is_asked(home: Path) -> None:
    shown, code = talk(home, *ADD, *FIGURE, turns=[])
    assert code == 0
    assert "Tab completes" not in shown


@pytest.mark.parametrize("no", ["no", "n"])
def test_a_no_in_the_end_changes_nothing(home: Path, no: str) -> None:
    shown, code = talk(home, *ADD, turns=answers(**{"": no}))
    assert code == 130
    assert shown.endswith(f"[yes]: {no}\nmedaid: not entered; nothing is changed\n")
    assert is_as_it_was(home)


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("field", PROMPTS)
def test_a_claim_that_is_broken_off_at_any_prompt_changes_nothing(home: Path, field: str, key: str) -> None:
    turns = answers()[: list(PROMPTS).index(field)]
    shown, code = talk(home, *ADD, turns=[*turns, (PROMPTS[field], key)])
    assert code == 130
    assert re.search(r"\]?: (\^C)?\nmedaid: broken off; nothing is changed\n$", shown)
    assert shown.count("medaid: ") == 1
    assert is_as_it_was(home)


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("field", ["id", "issued", ""])
def test_a_source_that_is_broken_off_changes_nothing(home: Path, field: str, key: str) -> None:
    before = list(SOURCE_PROMPTS.items())[: list(SOURCE_PROMPTS).index(field)]
    turns = [(prompt, SOURCE_ANSWERS.get(name, "") + "\n") for name, prompt in before]
    shown, code = talk(home, *ADD_SOURCE, turns=[*turns, (SOURCE_PROMPTS[field], key)])
    assert code == 130
    assert shown.endswith("\nmedaid: broken off; nothing is changed\n")
    assert is_as_it_was(home)


@pytest.mark.parametrize("words", [ADD, ADD_SOURCE], ids=["add", "add-source"])
def test_nothing_is_asked_where_no_one_can_answer(home: Path, words: tuple[str, ...]) -> None:
    for ended in (run(*words, stdin="cgtn-2023\n" * 20, cwd=home), invoke(*words, stdin="x\n", cwd=home)):
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.endswith("; without a terminal nothing is asked\n")
        assert ended.err.count("\n") == 1
    assert is_as_it_was(home)


def test_what_was_typed_does_not_steer_the_terminal(home: Path) -> None:
    turns = [(PROMPTS["source"], "\x16\x1b[31m\u202e\n"), (PROMPTS["source"], "\x03")]
    shown, code = in_terminal(*ADD, talk=turns, env=QUIET, cwd=home)
    assert code == 130
    assert "unknown source '\\x1b[31m\\u202e'" in shown.partition("\n")[2]


class Typed:
    """Someone who answers, one line after the other, and then is gone."""

    def __init__(self, *lines: str) -> None:
        self.lines: Iterator[str] = iter(lines)
        self.prompts: list[str] = []
        self.err = io.StringIO()
        self.world = World(io.StringIO(), self.err, terminal=True, asking=True)

    def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        line = next(self.lines, None)
        if line is None:
            raise EOFError
        return line


def asked(facts: Facts, monkeypatch: pytest.MonkeyPatch, *lines: str, **given: Any) -> tuple[dict[str, Any], Typed]:
    """The fields that come of these answers."""
    typed = Typed(*lines)
    monkeypatch.setattr("builtins.input", typed)
    return ask.asked_claim({"source": "a", "locator": "p1", "measure": "personnel"} | given, facts, typed.world), typed


@pytest.fixture
def small() -> Facts:
    """A small store."""
    return made_up(claim("5 people"), a={"issued": "2023-06-30", "read": "full"})


SCOPE = ("", "", "", "", "", "yes")


def test_a_quote_with_several_numbers_asks_which(small: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    found, typed = asked(small, monkeypatch, "5 to 60 people", "7", "many", "60", *SCOPE)
    assert found["value"] == 60
    assert "hedge" not in found
    assert typed.err.getvalue().splitlines()[1:6] == [
        "  read as 5, exact: 5",
        "  read as 60, exact: 60",
        "  several numbers: which one is it?",
        "  the quote has another number",
        "  expected a whole number in plain digits, got 'many'",
    ]


def test_a_quote_without_a_number_asks_for_one_and_its_hedge(small: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    found, typed = asked(small, monkeypatch, "so many", "1" + "0" * 16, "1,000", "abuot", "about", *SCOPE)
    assert (found["value"], found["hedge"]) == (1000, "about")
    assert (
        "  no number can be read in it\n  expected a whole number from 0 to 1,000,000,000,000,000"
        in typed.err.getvalue()
    )
    assert "  value: 1,000\n  hedge: about\n" in typed.err.getvalue()
    found, _ = asked(small, monkeypatch, "so many", "1000", "", *SCOPE)
    assert found["hedge"] == "exact"
    found, typed = asked(small, monkeypatch, "so many", *SCOPE, value=7, hedge="over")
    assert found["value"] == 7


def test_a_measure_that_counts_nothing_asks_for_no_number(small: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    found, typed = asked(small, monkeypatch, "5 to 60 people", *SCOPE, measure="activity")
    assert "value" not in found
    assert "read as" not in typed.err.getvalue()


def test_what_is_given_and_cannot_stand_is_told_before_the_last_question(
    small: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given, says in (
        ({"value": 7, "hedge": "exact"}, "has 7 (exact)"),
        ({"period": "2030/.."}, "is done, from 2030/.."),
        ({"status": "disputed"}, "is disputed without a reason"),
    ):
        with pytest.raises(UsageError, match=re.escape(says)):
            asked(small, monkeypatch, "60 people", *SCOPE, **given)
    with pytest.raises(UsageError, match="claim a:p1:1: is there already and says the same"):
        asked(small, monkeypatch, "5 people", *SCOPE)


def test_a_sentence_for_a_claim_that_is_there_is_told_at_once(small: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = Typed("5 people", "", "", "", "", "Five.")
    monkeypatch.setattr("builtins.input", typed)
    with pytest.raises(BrokenOffError):
        ask.asked_claim({"source": "a", "locator": "p1", "measure": "personnel"}, small, typed.world)
    assert "  is there already, with another statement; medaid replace a:p1:1 changes it\n" in typed.err.getvalue()


def test_without_a_source_there_is_nothing_to_ask() -> None:
    with pytest.raises(UsageError, match="the store has no source yet: medaid add-source"):
        ask.asked_claim({}, made_up(), Typed().world)


def test_empty_recipients_are_nobody(small: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = asked(small, monkeypatch, "60 people", " BJ ;; ml;BJ", "", "", "", "", "yes")
    assert found["recipient"] == ["BJ", "ML"]


def test_where_tab_cannot_complete_there_is_still_asked(small: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(words: list[str]) -> None:
        raise ImportError

    monkeypatch.setattr(ask, "complete_from", missing)
    found, _ = asked(small, monkeypatch, "60 people", *SCOPE)
    assert found["quote"] == "60 people"


def test_a_source_that_is_there_is_asked_for_another_id(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = Typed("a", "b", *[""] * 7, "y")
    monkeypatch.setattr("builtins.input", typed)
    found = ask.asked_source({"title": "B"}, made_up(a=source("a")), typed.world)
    assert found == {"id": "b", "title": "B", "language": "und", "outlet": "other", "read": "opening"}
    assert "  'a' is there already: The words of a\n" in typed.err.getvalue()
