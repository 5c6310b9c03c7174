"""The heaviest set of quantities that are pairwise apart: what can be added up without counting anything twice.

Exact for up to `EXACT` candidates. Beyond, the candidates are split along the tree of recipients, then of providers:
what lies in different branches is apart, so the branches are packed one by one; what spans several of them is weighed
against their sum. Every answer is a set of pairwise apart quantities, so it is sound, and depends on content alone.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from medaid_cli.containment import FAR_OFF, LONG_AGO, Extent, apart
from medaid_cli.model import Facts, Record

EXACT = 25


class Item(Record, frozen=True):
    """A candidate: its place in the order of content, what it weighs, where it reaches."""

    order: int
    weight: int
    extent: Extent


# From the largest place down to the one that holds all of an item's recipients, or its provider.
Spine = tuple[str, ...]


class Placed(Item, frozen=True):
    """An item with the spines along which it may be split from others; empty where nothing tells it apart."""

    where: Spine
    who: Spine


One = TypeVar("One", Item, Placed)

by_order = attrgetter("order")


def heaviest(items: Iterable[Item], facts: Facts) -> list[Item]:
    """The heaviest pairwise apart items, by order; of equally heavy sets the one that comes first by content."""
    weighty = sorted([item for item in items if item.weight > 0], key=by_order)
    if len(weighty) <= EXACT:
        return exact(weighty, facts)  # which keeps the order
    spines: dict[str, Spine] = {}
    placed = [place(item, facts, spines) for item in weighty]
    chosen = better(pack(placed, facts), exact(strongest(placed), facts))
    return sorted(chosen, key=by_order)


def place(item: Item, facts: Facts, spines: dict[str, Spine]) -> Placed:
    """The item with its spines. A list that goes on may hold any place; distinct things are apart by place alone."""
    reach = item.extent
    where: Spine = ()
    if not reach.open_list and reach.adds != "none":
        where = shared([spine(recipient, facts, spines) for recipient in reach.recipients])
    who = spine(reach.provider, facts, spines) if reach.adds == "sum" else ()
    return Placed(item.order, item.weight, reach, where, who)


def spine(place: str, facts: Facts, known: dict[str, Spine]) -> Spine:
    """The places from the top down to this one, without those that share a part with another branch."""
    if place not in known:
        parents = facts.places[place].parents
        upper = shared([spine(parent, facts, known) for parent in parents]) if parents else ()
        alone = len(parents) < 2 and not any(place in pair for pair in facts.entangled)
        known[place] = (*upper, place) if alone else upper
    return known[place]


def shared(spines: Sequence[Spine]) -> Spine:
    """The longest beginning that all have in common."""
    if len(spines) == 1:
        return spines[0]
    first, last = min(spines), max(spines)
    length = next((at for at, place in enumerate(first) if at >= len(last) or place != last[at]), len(first))
    return first[:length]


def weight(items: Sequence[Item]) -> int:
    """What the items weigh together."""
    return sum(item.weight for item in items)


def better(one: list[One], other: list[One]) -> list[One]:
    """The heavier, else the one that comes first by content."""
    return min(one, other, key=lambda items: (-weight(items), sorted(item.order for item in items)))


def pack(items: Sequence[Placed], facts: Facts) -> list[Placed]:
    """As `heaviest`: exact where it can be, split where that helps, else the best of two partial views."""
    if len(items) <= EXACT:
        return exact(items, facts)
    for spines in ([item.where for item in items], [item.who for item in items]) if of_one_day(items) else ():
        branches, spanning = split(items, spines)
        if len(branches) > 1 or (branches and spanning):
            below = [item for branch in branches for item in pack(branch, facts)]
            return weigh(below, spanning, facts)
    return better(one_after_another(items), exact(strongest(items), facts))


def strongest(items: Sequence[Placed]) -> list[Placed]:
    """As many of the heaviest as can be packed exactly, by order."""
    return sorted(sorted(items, key=heavy_first)[:EXACT], key=by_order)


def weigh(below: list[Placed], spanning: Sequence[Placed], facts: Facts) -> list[Placed]:
    """The branches' items with what spans them but is apart from all, or the other way round: the heavier."""
    if not spanning:
        return below
    wide = strongest(spanning)
    above = exact(wide, facts)
    more = exact([item for item in wide if all_apart(item, below, facts)], facts)
    fitting = [item for item in below if all_apart(item, above, facts)]
    return better(below + more, above + fitting)


def all_apart(item: Placed, others: Sequence[Placed], facts: Facts) -> bool:
    """Whether the item is apart from each of the others."""
    return all(apart(item.extent, other.extent, facts) for other in others)


def exact(items: Sequence[One], facts: Facts) -> list[One]:
    """Branch and bound: with the item that clashes with most, or without it.

    What clashes with everything can only stand alone, and then the heaviest of these does.
    """
    count = len(items)
    if count < 2:
        return list(items)
    reach = [item.extent for item in items]
    free = [(a, b) for a in range(count) for b in range(a) if apart(reach[a], reach[b], facts)]
    if not free:
        return [min(items, key=heavy_first)]
    everything = (1 << count) - 1
    clashes = [everything & ~(1 << at) for at in range(count)]
    for a, b in free:
        clashes[a] &= ~(1 << b)
        clashes[b] &= ~(1 << a)
    alone = [at for at in range(count) if clashes[at] | 1 << at == everything]
    others = everything & ~sum(1 << at for at in alone)
    chosen = independent(others, clashes, [item.weight for item in items], {})[1]
    together = [items[at] for at in range(count) if chosen >> at & 1]
    return better(together, [min((items[at] for at in alone), key=heavy_first)]) if alone else together


def heavy_first(item: Item) -> tuple[int, int]:
    """For sorting."""
    return -item.weight, item.order


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


def split(items: Sequence[Placed], spines: Sequence[Spine]) -> tuple[list[list[Placed]], list[Placed]]:
    """The items by branch below the smallest place that holds all that have a spine, and those that span branches."""
    common = len(shared([one for one in spines if one])) if any(spines) else 0
    branches: dict[str, list[Placed]] = {}
    spanning = []
    for item, one in zip(items, spines, strict=True):
        if len(one) > common:
            branches.setdefault(one[common], []).append(item)
        else:
            spanning.append(item)
    return [branches[name] for name in sorted(branches)], spanning


def of_one_day(items: Sequence[Placed]) -> bool:
    """Whether places can tell the items apart at all: stocks of two days are never added."""
    return items[0].extent.kind != "stock" or len({item.extent.as_of for item in items}) == 1


def one_after_another(items: Sequence[Placed]) -> list[Placed]:
    """The heaviest items that follow each other in time, whatever else tells them apart."""
    dated = [item for item in items if item.extent.kind == "total" and item.extent.adds == "sum"]
    spans = sorted(
        (item for item in dated if item.extent.last != FAR_OFF and item.extent.first != LONG_AGO),
        key=lambda item: (item.extent.last, item.extent.first, item.order),
    )
    ends = [item.extent.last for item in spans]
    before = [bisect_left(ends, item.extent.first, hi=at) for at, item in enumerate(spans)]
    best = [0]
    for at, item in enumerate(spans):
        best.append(max(best[at], best[before[at]] + item.weight))
    chosen, at = [], len(spans)
    while at:
        if best[at] == best[at - 1]:
            at -= 1
        else:
            chosen.append(spans[at - 1])
            at = before[at - 1]
    return chosen
