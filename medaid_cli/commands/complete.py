"""Values for the shell's completion, from the store. A store that doesn't load offers nothing, without a word.

Shells drop what does not start with what was typed: a name is offered in the case that was begun, and names with
blanks, which some shells would not quote, only by their codes.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from medaid_cli.errors import MedaidError
from medaid_cli.model import Facts
from medaid_cli.render.clean import clean

Offer = list[tuple[str, str]]


def offered(ctx: Any, incomplete: str, values: Callable[[Facts], Iterable[tuple[str, str]]]) -> Offer:
    """The ids with their names as help, and the names with their ids, where they start like what was typed."""
    from medaid_cli.store import load

    given = ctx.params.get("store") or os.environ.get("MEDAID_STORE")
    try:
        facts = load(Path(given) if given else None)
    except MedaidError:
        return []
    return [offer for id, name in values(facts) for offer in begun(incomplete, id, name)]


def begun(incomplete: str, id: str, name: str) -> Iterator[tuple[str, str]]:
    """The id, or else the name, if it starts like what was typed."""
    typed = incomplete.casefold()
    for word, about in ((id, name), (name, id)):
        if word.casefold().startswith(typed) and clean(word) == word and " " not in word:
            yield incomplete + word[len(incomplete) :], clean(about)
            return


def words(known: Iterable[str]) -> Callable[[str], list[str]]:
    """A completion over a closed list."""

    def offer(incomplete: str) -> list[str]:
        return [incomplete + word[len(incomplete) :] for word in known if word.startswith(incomplete.casefold())]

    return offer


def countries(ctx: typer.Context, incomplete: str) -> Offer:
    """Countries that claims name."""

    def named(facts: Facts) -> list[tuple[str, str]]:
        used = dict.fromkeys(place for claim in facts.claims for place in claim.recipient)
        return [(id, facts.places[id].name) for id in used if not facts.places[id].is_region]

    return offered(ctx, incomplete, named)


def regions(ctx: typer.Context, incomplete: str) -> Offer:
    """All M49 regions."""
    return offered(ctx, incomplete, lambda facts: [(id, one.name) for id, one in facts.places.items() if one.is_region])


def providers(ctx: typer.Context, incomplete: str) -> Offer:
    """Providers that claims name."""

    def named(facts: Facts) -> list[tuple[str, str]]:
        used = dict.fromkeys(claim.provider for claim in facts.claims)
        return [(id, facts.places[id].name) for id in used]

    return offered(ctx, incomplete, named)


def places(ctx: typer.Context, incomplete: str) -> Offer:
    """All places."""
    return offered(ctx, incomplete, lambda facts: [(id, one.name) for id, one in facts.places.items()])


def measures(ctx: typer.Context, incomplete: str) -> Offer:
    """All measures."""
    return offered(ctx, incomplete, lambda facts: [(id, one.label) for id, one in facts.measures.items()])


def programmes(ctx: typer.Context, incomplete: str) -> Offer:
    """All programmes."""
    return offered(ctx, incomplete, lambda facts: [(id, one.label) for id, one in facts.programmes.items()])


def sources(ctx: typer.Context, incomplete: str) -> Offer:
    """All sources."""
    return offered(ctx, incomplete, lambda facts: [(id, one.publisher) for id, one in facts.sources.items()])


def rules(incomplete: str) -> list[str]:
    """All rules."""
    from medaid_cli.checks import RULES

    return words([name for name, _, _ in RULES])(incomplete)


def claims(ctx: typer.Context, incomplete: str) -> Offer:
    """All claims."""
    return offered(ctx, incomplete, lambda facts: [(claim.id, claim.quote) for claim in facts.claims])
