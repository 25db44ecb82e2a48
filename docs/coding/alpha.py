"""Do two readers who read the sources independently find the same positions?

Reads ``pass-1.csv`` and ``pass-2.csv`` (party, statement, position: agree, neutral, disagree or
none, …) and ``settled.csv`` (party, statement, pass_1, pass_2, settled, reason) beside this file,
and ``party_answers.yaml`` at the top of the repository. Prints Krippendorff's alpha, the cells in
which the passes differ and how each was settled; ends with status 1 where a differing cell was not
settled, or the published positions are not what was settled. A cell without a row is "none".

Needs PyYAML and nothing of the quiz itself.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
NONE = "none"
POSITIONS = ("agree", "neutral", "disagree", NONE)

Cell = tuple[str, str]
Coding = dict[Cell, str]


def alpha(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return Krippendorff's alpha of two coders for nominal data, without gaps.

    With n values in all (two a unit), n_c of them of category c, and o_cc the values of c in units
    in which both coders chose c:

    alpha = ((n - 1) * sum(o_cc) - sum(n_c * (n_c - 1))) / (n * (n - 1) - sum(n_c * (n_c - 1)))

    (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section B). 1 is perfect
    agreement, 0 what chance would give, less than 0 worse than chance. None where all values are
    alike: what chance would give is then unknown.

    The paper's example of twelve articles:

    >>> round(alpha(zip("aabbdcccedda", "babbbccceddd")), 3)
    0.692

    """
    units = list(pairs)
    total = 2 * len(units)
    sizes = Counter(value for unit in units for value in unit)
    by_chance = sum(size * (size - 1) for size in sizes.values())
    possible = total * (total - 1) - by_chance
    if possible == 0:
        return None
    agreed = sum(2 for first, second in units if first == second)
    return ((total - 1) * agreed - by_chance) / possible


@dataclass(frozen=True)
class Settled:
    """How a cell was settled in which the passes differed."""

    first: str
    second: str
    position: str
    reason: str


@dataclass
class Comparison:
    """Two passes side by side, and what is wrong with them."""

    cells: list[tuple[Cell, str, str]]
    settled: dict[Cell, Settled]
    faults: list[str] = field(default_factory=list)

    @property
    def found_by_both(self) -> list[tuple[str, str]]:
        return [(first, second) for _, first, second in self.cells if NONE not in {first, second}]

    @property
    def all_pairs(self) -> list[tuple[str, str]]:
        return [(first, second) for _, first, second in self.cells]

    @property
    def differing(self) -> list[tuple[Cell, str, str]]:
        return [(cell, first, second) for cell, first, second in self.cells if first != second]


def rows(file: Path, columns: Iterable[str], faults: list[str]) -> list[dict[str, str]]:
    """Read a CSV file's rows, each with its place under ``at``."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            lines = [
                {str(key): (value or "") for key, value in row.items() if isinstance(value, str)}
                | {"at": f"{file.name}:{reader.line_num}"}
                for row in reader
            ]
            heads = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        faults.append(f"{file.name}: cannot be read: {reason}.")
        return []
    missing = [name for name in columns if name not in heads]
    if missing:
        faults.append(f"{file.name}: the column {missing[0]!r} is missing.")
        return []
    return [{name: value.strip() for name, value in row.items()} for row in lines]


def coding(file: Path, faults: list[str]) -> Coding:
    """Read one pass."""
    positions: Coding = {}
    for row in rows(file, ("party", "statement", "position"), faults):
        cell = (row.get("party", ""), row.get("statement", ""))
        position = row.get("position", "")
        if position not in POSITIONS:
            faults.append(f"{row['at']}: {position!r} is not one of {', '.join(POSITIONS)}.")
        elif cell in positions:
            faults.append(f"{row['at']}: {cell[0]} on {cell[1]} stands here twice.")
        else:
            positions[cell] = position
    return positions


def settlements(file: Path, faults: list[str]) -> dict[Cell, Settled]:
    """Read how differing cells were settled."""
    entries: dict[Cell, Settled] = {}
    columns = ("party", "statement", "pass_1", "pass_2", "settled", "reason")
    for row in rows(file, columns, faults):
        cell = (row.get("party", ""), row.get("statement", ""))
        entry = Settled(*(row.get(name, "") for name in columns[2:]))
        if entry.position not in POSITIONS:
            faults.append(f"{row['at']}: {entry.position!r} is not one of {', '.join(POSITIONS)}.")
        elif not entry.reason:
            faults.append(f"{row['at']}: {cell[0]} on {cell[1]} has no reason.")
        elif cell in entries:
            faults.append(f"{row['at']}: {cell[0]} on {cell[1]} stands here twice.")
        else:
            entries[cell] = entry
    return entries


def compare(folder: Path) -> Comparison:
    """Put the two passes side by side: every party on every statement."""
    faults: list[str] = []
    pass_1 = coding(folder / "pass-1.csv", faults)
    pass_2 = coding(folder / "pass-2.csv", faults)
    settled = settlements(folder / "settled.csv", faults)
    for index, what in ((0, "party"), (1, "statement")):
        first, second = ({cell[index] for cell in coding} for coding in (pass_1, pass_2))
        for name in sorted(first ^ second):
            lacking = "pass-2.csv" if name in first else "pass-1.csv"
            faults.append(f"{lacking}: the {what} {name!r} is missing.")
    both = pass_1 | pass_2
    parties = dict.fromkeys(party for party, _ in both)
    statements = dict.fromkeys(statement for _, statement in both)
    cells = [
        (cell, pass_1.get(cell, NONE), pass_2.get(cell, NONE))
        for cell in product(parties, statements)
    ]
    comparison = Comparison(cells, settled, faults)
    for cell, first, second in comparison.differing:
        entry = settled.get(cell)
        if entry is None:
            faults.append(
                f"settled.csv: {cell[0]} on {cell[1]} is not settled (pass 1: {first}, pass 2: {second})."
            )
        elif (entry.first, entry.second) != (first, second):
            faults.append(
                f"settled.csv: {cell[0]} on {cell[1]} is settled for {entry.first} and "
                f"{entry.second}, but the passes have {first} and {second}."
            )
    return comparison


def published(file: Path, faults: list[str]) -> tuple[Coding, set[str], set[str]]:
    """Read the positions that are served, with the parties and the statements on which any are."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        parties = {party["id"]: party.get("answers") or {} for party in data["parties"]}
        served = {
            (party, statement): str(answer["position"])
            for party, answers in parties.items()
            for statement, answer in answers.items()
        }
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        faults.append(f"{file.name}: cannot be read: {error!r}. ‘quiz check’ says more.")
        return {}, set(), set()
    return served, set(parties), {statement for _, statement in served}


def confront(comparison: Comparison, file: Path) -> set[str]:
    """Compare what was settled with what is served; return the statements that were dropped."""
    served, parties, statements = published(file, comparison.faults)
    if not parties:
        return set()
    coded = {statement for (_, statement), _, _ in comparison.cells}
    seen = {party for (party, _), _, _ in comparison.cells}
    never = [f"the statement {name!r}" for name in sorted(statements - coded)]
    never += [f"the party {name!r}" for name in sorted(parties - seen)]
    comparison.faults += [f"{file.name}: {what} was never coded." for what in never]
    for cell, first, second in comparison.cells:
        entry = comparison.settled.get(cell)
        unsettled = entry is None and first != second
        if cell[0] not in parties or cell[1] not in statements or unsettled:
            continue
        expected, is_served = entry.position if entry else first, served.get(cell, NONE)
        if is_served != expected:
            comparison.faults.append(
                f"{file.name}: {cell[0]} on {cell[1]} is {is_served}, but {expected} was settled."
            )
    return coded - statements


def report(comparison: Comparison, dropped: Iterable[str]) -> list[str]:
    """Return the findings as lines."""
    both, everything = comparison.found_by_both, comparison.all_pairs
    opposite = sum({first, second} == {"agree", "disagree"} for first, second in both)
    lines = [
        f"Cells: {len(everything)}; both passes found a position in {len(both)}.",
        f"Krippendorff's alpha, nominal, where both found a position: {_shown(alpha(both))}",
        f"Krippendorff's alpha, nominal, all cells, none as a category: {_shown(alpha(everything))}",
        f"Cells that differed: {len(comparison.differing)}, opposite in {opposite}.",
    ]
    ways: Mapping[str, int] = Counter(
        _way(comparison.settled[cell].position, first, second)
        for cell, first, second in comparison.differing
        if cell in comparison.settled
    )
    lines += [f"  settled as {way}: {count}" for way, count in sorted(ways.items())]
    lines += [
        f"  {cell[0]} on {cell[1]}: {first} / {second} -> {comparison.settled[cell].position}. "
        f"{comparison.settled[cell].reason}"
        for cell, first, second in comparison.differing
        if cell in comparison.settled
    ]
    overruled = [
        (cell, first, comparison.settled[cell])
        for cell, first, second in comparison.cells
        if first == second
        and cell in comparison.settled
        and comparison.settled[cell].position != first
    ]
    if overruled:
        lines.append(
            f"Cells alike in both and settled otherwise by a later reading: {len(overruled)}."
        )
    lines += [
        f"  {cell[0]} on {cell[1]}: {coded} -> {entry.position}. {entry.reason}"
        for cell, coded, entry in overruled
    ]
    names = sorted(dropped)
    if names:
        lines.append(f"Coded and not published: {', '.join(names)}.")
    return lines


def _way(position: str, first: str, second: str) -> str:
    return (
        "pass 1 had it"
        if position == first
        else "pass 2 had it"
        if position == second
        else "neither"
    )


def _shown(value: float | None) -> str:
    if value is None:
        return "not defined (all values are alike)"
    return f"{value:.3f}" + ("" if value >= 0.8 else " (below 0.8: a statement or rule is unclear)")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Compare the two coding passes.")
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    parser.add_argument("--answers", type=Path, default=HERE.parent.parent / "party_answers.yaml")
    options = parser.parse_args(arguments)
    comparison = compare(options.folder)
    if comparison.cells:
        dropped = confront(comparison, options.answers)
        lines = report(comparison, dropped)
        for line in lines:
            print(line)
    for fault in comparison.faults:
        print(f"error: {fault}", file=sys.stderr)
    return 1 if comparison.faults else 0


if __name__ == "__main__":
    sys.exit(main())
