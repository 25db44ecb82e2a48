"""Print the rooms of the house: the folders of ``quiz``, who imports whom, and every circle."""

from __future__ import annotations

from collections import defaultdict
from graphlib import TopologicalSorter
from typing import Final, NamedTuple

import grimp

PACKAGE: Final = "quiz"
SMALL: Final = {"quiz", "quiz.__main__"}
"""The package's face and its ``python -m`` entry: no rooms."""


class House(NamedTuple):
    """Rooms, arrows between them, floors from the bottom up, and circles of modules.

    ``arrows``: room → the rooms that it imports.
    """

    rooms: list[str]
    arrows: dict[str, set[str]]
    floors: list[list[str]]
    circles: list[list[str]]


def room_of(module: str) -> str:
    """Return the folder directly below ``quiz`` that a module lies in."""
    return ".".join(module.split(".")[:2])


def measure() -> House:
    """Read the imports of the package, without running any of it.

    Raises ``graphlib.CycleError`` where rooms import each other in a circle.
    """
    graph = grimp.build_graph(PACKAGE)
    modules = sorted(graph.modules - SMALL)
    arrows: dict[str, set[str]] = {room_of(module): set() for module in modules}
    imports = {
        module: graph.find_modules_directly_imported_by(module) & set(modules) for module in modules
    }
    for module, imported in imports.items():
        arrows[room_of(module)] |= {room_of(other) for other in imported} - {room_of(module)}
    return House(sorted(arrows), arrows, _floors(arrows), _circles(imports))


def _floors(arrows: dict[str, set[str]]) -> list[list[str]]:
    sorter = TopologicalSorter(arrows)
    sorter.prepare()
    floors = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        floors.append(ready)
        sorter.done(*ready)
    return floors


def _circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that reach each other, packages' own ``__init__`` included."""
    reached: dict[str, set[str]] = defaultdict(set)
    for module in imports:
        ahead = [module]
        while ahead:
            for other in imports[ahead.pop()] - reached[module]:
                reached[module].add(other)
                ahead.append(other)
    groups = {
        tuple(sorted({module, *(other for other in reached[module] if module in reached[other])}))
        for module in imports
        if module in reached[module]
    }
    return [list(group) for group in sorted(groups)]


def main() -> None:
    """Print the house from the top floor down."""
    house = measure()
    for number, floor in reversed(list(enumerate(house.floors, 1))):
        for room in floor:
            below = ", ".join(sorted(name.removeprefix("quiz.") for name in house.arrows[room]))
            print(f"floor {number}  {room.removeprefix('quiz.'):14} → {below or '–'}")
    for circle in house.circles:
        print("circle:", " ↔ ".join(circle))
    number_of_arrows = sum(map(len, house.arrows.values()))
    print(
        f"{len(house.rooms)} rooms, {len(house.floors)} floors, {number_of_arrows} arrows, "
        f"{len(house.circles)} circles"
    )


if __name__ == "__main__":
    main()
