"""What all tests share: the store of five texts and the shipped one, read once, and a bare environment."""

import os
import signal

import pytest
from hypothesis import settings
from program import FIVE

from medaid_cli import store
from medaid_cli.model import Facts

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# What a shell starts in the background ignores Ctrl-C, and so would all that the tests start and then interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

SPOKEN_TO = ("NO_COLOR", "FORCE_COLOR", "MEDAID_STORE", "COLUMNS")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-places", action="store_true", help="rewrite the table of places from its packages")
    parser.addoption("--full-faults", action="store_true", help="kill, fill and crowd as often as is promised")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests has colours, widths and stores of their own."""
    for name in SPOKEN_TO:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The store of five texts."""
    return store.load(FIVE)


@pytest.fixture(scope="session")
def shipped() -> Facts:
    """The shipped store."""
    return store.load(store.shipped())
