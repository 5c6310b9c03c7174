"""Values for the shell's completion, from the store. A store that doesn't load offers nothing, without a word."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from medaid_cli.errors import MedaidError
from medaid_cli.model import Facts

Offer = list[tuple[str, str]]


def offered(incomplete: str, values: Callable[[Facts], Iterable[tuple[str, str]]]) -> Offer:
    """The ids, with their names as help, where the id or the name starts like what was typed."""
    from medaid_cli.store import load  # noqa: PLC0415 only while completing

    given = os.environ.get("MEDAID_STORE")
    try:
        facts = load(Path(given) if given else None)
    except MedaidError:
        return []
    start = incomplete.casefold()
    return [(id, name) for id, name in values(facts) if id.casefold().startswith(start) or name.casefold().startswith(start)]


def countries(incomplete: str) -> Offer:
    """Countries that claims name, by code."""

    def named(facts: Facts) -> list[tuple[str, str]]:
        used = dict.fromkeys(place for claim in facts.claims for place in claim.recipient)
        return [(id, facts.places[id].name) for id in used if not facts.places[id].is_region]

    return offered(incomplete, named)


def regions(incomplete: str) -> Offer:
    """All M49 regions."""
    return offered(incomplete, lambda facts: [(id, one.name) for id, one in facts.places.items() if one.is_region])


def measures(incomplete: str) -> Offer:
    """All measures."""
    return offered(incomplete, lambda facts: [(id, one.label) for id, one in facts.measures.items()])


def programmes(incomplete: str) -> Offer:
    """All programmes."""
    return offered(incomplete, lambda facts: [(id, one.label) for id, one in facts.programmes.items()])


def sources(incomplete: str) -> Offer:
    """All sources."""
    return offered(incomplete, lambda facts: [(id, one.publisher) for id, one in facts.sources.items()])


def claims(incomplete: str) -> Offer:
    """All claims."""
    return offered(incomplete, lambda facts: [(claim.id, claim.quote) for claim in facts.claims])
