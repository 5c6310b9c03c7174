"""Cost with many claims, as ratios measured side by side in one run: `python benchmarks/size.py`.

Makes stores of 10,000 and 100,000 claims over the shipped vocabulary, nearly all on scopes of their own, which is the
worst case for totals, and compares `stats` with `countries`, by processor time of whole runs.
"""

import json
import math
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent.parent / "data" / "facts.json"
SIZES = (10_000, 100_000)


def made_up(size: int) -> dict[str, Any]:
    """A store of so many claims; the same one each time."""
    chance = random.Random(size)  # noqa: S311 nothing secret
    store: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    places = [place["id"] for place in store["places"].values()]
    kinds = [one["id"] for one in store["measures"].values() if one["kind"] in ("total", "stock")]
    programmes = [one["id"] for one in store["programmes"].values() if not one["id"].startswith("inbound")]
    store["sources"] = {str(at): source(at, chance) for at in range(1, size // 5 + 1)}
    store["claims"] = {
        str(at): claim(at, chance.randint(1, size // 5), places, kinds, programmes, chance) for at in range(1, size + 1)
    }
    return store


def source(at: int, chance: random.Random) -> dict[str, Any]:
    """A dated source."""
    day = f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return {"id": f"s{at}", "title": f"Source {at}", "issued": day}


def claim(
    at: int, of: int, places: list[str], kinds: list[str], programmes: list[str], chance: random.Random
) -> dict[str, Any]:
    """A claim: regions get large numbers, countries middling ones, so that parts mostly fit into wholes."""
    region = chance.random() < 0.15
    start, shape = chance.randint(1963, 2020), chance.random()
    period = f"{start}/.." if shape < 0.6 else f"{start}/{start + 4}" if shape < 0.8 else "/.."
    province = not region and chance.random() < 0.3
    value = chance.randint(1, 5000) * (10**6 if region else 1)
    return {
        "id": f"c{at}",
        "source": f"s{of}",
        "locator": "p1",
        "quote": f"{value} people",
        "measure": chance.choice(kinds),
        "value": value,
        "hedge": chance.choice(["exact", "over", "about"]),
        "recipient": [chance.choice([place for place in places if place.isdigit() == region and "-" not in place])],
        "provider": chance.choice([place for place in places if place.startswith("CN-")]) if province else "CN",
        "programme": chance.choice(programmes),
        "period": period,
    }


def seconds(*command: str) -> float:
    """The processor time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(
        [sys.executable, "-m", "medaid_cli", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main() -> None:
    costs: dict[tuple[int, str], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.json"
            path.write_text(json.dumps(made_up(size)), encoding="utf-8")
            for _ in range(3):
                for name in ("countries", "stats"):
                    cost = seconds(name, "--store", str(path))
                    costs[size, name] = min(cost, costs.get((size, name), math.inf))
            print(f"{size:>7,} claims: stats / countries  {costs[size, 'stats'] / costs[size, 'countries']:.2f}")
    small, large = (costs[size, "stats"] for size in SIZES)
    print(f"stats grows with the number of claims to the power of {math.log(large / small, SIZES[1] / SIZES[0]):.2f}")


if __name__ == "__main__":
    main()
