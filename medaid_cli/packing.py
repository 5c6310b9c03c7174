"""The heaviest set of quantities that are pairwise apart: what can be added up without counting anything twice.

Exact for up to `EXACT` candidates. Beyond, the candidates are split along the tree of recipients, then of providers:
what lies in different branches is apart, so the branches are packed one by one; what spans several of them is weighed
against their sum. Every answer is a set of pairwise apart quantities, so it is sound, and depends on content alone.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from medaid_cli.containment import Extent, apart
from medaid_cli.model import Facts

EXACT = 25


class Item(NamedTuple):
    """A candidate: its place in the order of content, what it weighs, where it reaches."""

    order: int
    weight: int
    extent: Extent


def heaviest(items: Sequence[Item], facts: Facts) -> list[Item]:
    """The heaviest pairwise apart items, by order; of equally heavy sets the one that comes first by content."""
    candidates = sorted(item for item in items if item.weight > 0)
    if len(candidates) <= EXACT:
        return exact(candidates, facts)
    return sorted(better(pack(candidates, facts), exact(strongest(candidates), facts)))


def weight(items: Sequence[Item]) -> int:
    """What the items weigh together."""
    return sum(item.weight for item in items)


def better(one: list[Item], other: list[Item]) -> list[Item]:
    """The heavier, else the one that comes first by content."""
    return min(one, other, key=lambda items: (-weight(items), sorted(item.order for item in items)))


def pack(items: Sequence[Item], facts: Facts) -> list[Item]:
    """As `heaviest`: exact where it can be, split where that helps, else the best of two partial views."""
    if len(items) <= EXACT:
        return exact(items, facts)
    for places in (recipients_of, provider_of):
        branches, spanning = split(items, places, facts)
        if len(branches) > 1 or (branches and spanning):
            below = [item for branch in branches for item in pack(branch, facts)]
            return weigh(below, spanning, facts)
    return better(one_after_another(items), exact(strongest(items), facts))


def strongest(items: Sequence[Item]) -> list[Item]:
    """As many of the heaviest as can be packed exactly, by order."""
    return sorted(sorted(items, key=lambda item: (-item.weight, item.order))[:EXACT])


def weigh(below: list[Item], spanning: Sequence[Item], facts: Facts) -> list[Item]:
    """The branches' items with what spans them but is apart from all, or the other way round: the heavier."""
    if not spanning:
        return below
    wide = strongest(spanning)
    above = exact(wide, facts)
    more = exact([item for item in wide if all_apart(item, below, facts)], facts)
    fitting = [item for item in below if all_apart(item, above, facts)]
    return better(below + more, above + fitting)


def all_apart(item: Item, others: Sequence[Item], facts: Facts) -> bool:
    """Whether the item is apart from each of the others."""
    return all(apart(item.extent, other.extent, facts) for other in others)


def exact(items: Sequence[Item], facts: Facts) -> list[Item]:
    """Branch and bound: with the item that clashes with most, or without it."""
    count = len(items)
    clashes = [0] * count
    for a in range(count):
        for b in range(a):
            if not apart(items[a].extent, items[b].extent, facts):
                clashes[a] |= 1 << b
                clashes[b] |= 1 << a
    chosen = independent((1 << count) - 1, clashes, [item.weight for item in items], {})[1]
    return [items[at] for at in range(count) if chosen >> at & 1]


def independent(left: int, clashes: list[int], weights: list[int], seen: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """The weight and the bits of the heaviest set without clashes among the bits left.

    Of equally heavy sets it gives the one whose first differing item comes earlier: the sets compare as numbers with
    their bits turned round, so the answer does not depend on the way there.
    """
    if not left:
        return 0, 0
    if left in seen:
        return seen[left]
    bits = [at for at in range(left.bit_length()) if left >> at & 1]
    most = max(bits, key=lambda at: ((clashes[at] & left).bit_count(), -at))
    if not clashes[most] & left:
        found = sum(weights[at] for at in bits), left
    else:
        taken, rest = independent(left & ~clashes[most] & ~(1 << most), clashes, weights, seen)
        with_it = taken + weights[most], rest | 1 << most
        without = independent(left & ~(1 << most), clashes, weights, seen)
        found = max(with_it, without, key=lambda one: (one[0], turned(one[1], len(weights))))
    seen[left] = found
    return found


def turned(bits: int, count: int) -> int:
    """The bits with the first as the highest."""
    return sum(1 << (count - 1 - at) for at in range(count) if bits >> at & 1)


def recipients_of(item: Item, facts: Facts) -> frozenset[str] | None:
    """All places that hold every recipient; None where the list goes on."""
    if item.extent.open_list or item.extent.adds == "none":
        return None
    return frozenset.intersection(*(facts.above[place] for place in item.extent.recipients))


def provider_of(item: Item, facts: Facts) -> frozenset[str] | None:
    """All places that hold the provider; of distinct things the provider tells nothing."""
    return facts.above[item.extent.provider] if item.extent.adds == "sum" else None


Places = Callable[[Item, Facts], frozenset[str] | None]


def split(items: Sequence[Item], places: Places, facts: Facts) -> tuple[list[list[Item]], list[Item]]:
    """The items by branch below the smallest place that holds them all, and those that span branches.

    Stocks are split only if all are of one day. Branches that share a place count as one.
    """
    if items[0].extent.kind == "stock" and len({item.extent.as_of for item in items}) > 1:
        return [], list(items)
    holding = [places(item, facts) for item in items]
    known = [above for above in holding if above is not None]
    if not known:
        return [], list(items)
    common = frozenset.intersection(*known)
    branches: dict[str, list[Item]] = {}
    spanning = []
    for item, above in zip(items, holding, strict=True):
        branch = branch_below(above - common, facts) if above is not None else None
        if branch is None:
            spanning.append(item)
        else:
            branches.setdefault(branch, []).append(item)
    return [branches[name] for name in sorted(branches)], spanning


def branch_below(places: frozenset[str], facts: Facts) -> str | None:
    """The topmost of the places, if there is just one and it shares no place with another branch; else None."""
    tops = [place for place in places if not any(upper in places for upper in facts.above[place] if upper != place)]
    if len(tops) != 1 or any(tops[0] in pair for pair in facts.entangled):
        return None
    return tops[0]


def one_after_another(items: Sequence[Item]) -> list[Item]:
    """The heaviest items that follow each other in time, whatever else tells them apart."""
    dated = [item for item in items if item.extent.kind == "total" and item.extent.adds == "sum"]
    spans = sorted(
        (item.extent.as_of.latest, item.extent.start.earliest, item)
        for item in dated
        if item.extent.as_of and item.extent.start
    )
    ends = [end for end, _, _ in spans]
    before = [bisect_left(ends, start, hi=at) for at, (_, start, _) in enumerate(spans)]
    best = [0]
    for at, (_, _, item) in enumerate(spans):
        best.append(max(best[at], best[before[at]] + item.weight))
    chosen, at = [], len(spans)
    while at:
        if best[at] == best[at - 1]:
            at -= 1
        else:
            chosen.append(spans[at - 1][2])
            at = before[at - 1]
    return chosen
