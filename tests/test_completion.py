"""What the shell offers while a command is being typed."""

import json
from pathlib import Path

import pytest
from program import FIVE, run

from medaid_cli.cli import COMMANDS


def offered(typed: str, env: dict[str, str] | None = None) -> list[str]:
    """The words that bash offers; what is being typed is the last word, which may be empty."""
    words = f"medaid {typed}"
    asked = {"_MEDAID_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    ended = run(env=asked | (env or {}))
    assert (ended.code, ended.err) == (0, "")
    return ended.out.split("\n")[:-1] if ended.out.strip() else []


def told(typed: str) -> str:
    """What zsh is given: the words with what they mean."""
    ended = run(env={"_MEDAID_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"medaid {typed}"})
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def test_commands_are_offered() -> None:
    assert offered("countr") == ["countries", "country"]
    assert set(offered("")) == set(COMMANDS)


def test_options_are_offered() -> None:
    assert offered("claims --pro") == ["--provider", "--programme"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("claims --country B", ["BJ"]),
        ("claims --country Ben", ["Benin"]),
        ("claims --country ben", ["benin"]),
        ("claims --country bj", ["bj"]),
        ("claims --region 01", ["011", "013", "014", "015", "017", "018", "019"]),
        ("claims --region Afr", ["Africa"]),
        ("claims --provider Shaan", ["Shaanxi"]),
        ("claims --provider CN-S", ["CN-SH", "CN-SN"]),
        ("claims --measure treat", ["treatments"]),
        ("claims -m pers", ["personnel"]),
        ("claims --programme covid-19/v", ["covid-19/vaccines"]),
        ("claims -p peace", ["peace-ark"]),
        ("claims --source cg", ["cgtn-2023"]),
        ("claims -s CGT", ["CGTn-2023"]),
        ("claims --outlet lo", ["local-press"]),
        ("claims --status P", ["Planned"]),
        ("claims --format js", ["json", "jsonl"]),
        ("country Ben", ["Benin"]),
        ("show cgtn-2023:p10", ["cgtn-2023:p10:1", "cgtn-2023:p10:2", "cgtn-2023:p10:3", "cgtn-2023:p10:4"]),
        ("source mero", ["merotribune-2023"]),
        ("countries --country Atlantis", []),
        ("add -s cg", ["cgtn-2023"]),
        ("add -m pers", ["personnel"]),
        ("add --hedge at", ["at-least", "at-most"]),
        ("add --recipient Ben", ["Benin"]),
        ("add --provider Shaan", ["Shaanxi"]),
        ("add -p peace", ["peace-ark"]),
        ("add --status P", ["Planned"]),
        ("add-source --outlet lo", ["local-press"]),
        ("add-source --read f", ["full"]),
        ("add-source --derived-from cg", ["cgtn-2023"]),
        ("import rows.csv --table m", ["measures"]),
        ("retract cgtn-2023:p9", ["cgtn-2023:p9:1", "cgtn-2023:p9:2"]),
        ("replace cgtn-2023:p9", ["cgtn-2023:p9:1", "cgtn-2023:p9:2"]),
        ("replace cgtn-2023:p9:1 -m pers", ["personnel"]),
        ("check --rule quote-l", ["quote-length"]),
    ],
)
def test_values_are_offered_from_the_store_by_id_or_name(typed: str, expected: list[str]) -> None:
    assert sorted(offered(typed)) == sorted(expected)


def test_after_an_unknown_command_there_is_nothing_to_offer() -> None:
    assert offered("cuntries --coun") == []


def test_ids_come_with_their_names() -> None:
    assert '"BJ":"Benin"' in told("claims --country ")
    assert '"personnel":"people sent"' in told("claims -m ")


def test_what_is_offered_is_understood() -> None:
    for typed in ("--country Ben", "--country bj", "-s CGT", "-m pers", "--region Afr", "-p peace"):
        option, _ = typed.split()
        for word in offered(f"claims {typed}"):
            assert run("claims", option, word).code == 0


def test_names_with_blanks_are_offered_by_code_alone() -> None:
    assert not [word for word in offered("claims --region ") if " " in word]
    assert offered("claims --region Western") == []


def test_values_come_from_the_store_that_is_named(tmp_path: Path) -> None:
    tables = json.loads(FIVE.read_text(encoding="utf-8"))
    tables["measures"]["99"] = {"id": "xylophones", "label": "xylophones", "unit": "x", "kind": "note", "adds": "none"}
    store = tmp_path / "store.json"
    store.write_text(json.dumps(tables), encoding="utf-8")
    assert offered("claims -m xyl") == []
    assert offered(f"claims --store {store} -m xyl") == ["xylophones"]
    assert offered("claims -m xyl", env={"MEDAID_STORE": str(store)}) == ["xylophones"]
    assert offered(f"add --store {store} -m xyl") == offered("add -m xyl", env={"MEDAID_STORE": str(store)})
    assert offered(f"replace x --store {store} -m xyl") == ["xylophones"]


def test_a_store_that_does_not_load_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert offered("claims --country B", env={"MEDAID_STORE": str(tmp_path / "missing.json")}) == []


def test_texts_of_the_store_do_not_steer_the_shell(tmp_path: Path) -> None:
    tables = json.loads(FIVE.read_text(encoding="utf-8"))
    first, second, third = (tables["claims"][number] for number in "123")
    first |= {"id": "zz-1", "quote": "\x1b[31mred\nlines\u202e"}
    second |= {"id": "zz-2\x1b[31m"}
    third |= {"id": "zz-3\nzz-4"}
    store = tmp_path / "store.json"
    store.write_text(json.dumps(tables), encoding="utf-8")
    assert offered("show zz", env={"MEDAID_STORE": str(store)}) == ["zz-1"]
    zsh = {"_MEDAID_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "medaid show zz", "MEDAID_STORE": str(store)}
    shown = run(env=zsh).out
    assert "red" in shown
    assert not set(shown) & {"\x1b", "\u202e"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_the_shell_is_shown(shell: str) -> None:
    ended = run("--show-completion", shell)
    assert ended.code == 0
    assert "_MEDAID_COMPLETE" in ended.out
