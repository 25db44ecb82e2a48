"""Change the code in small ways, one at a time, and count how many changes the tests notice.

``python -m tests.mutants [FILE …]`` works on a copy of the checkout; without files it takes those
that ``[tool.mutmut]`` in pyproject.toml names. Prints what share was caught in each module and every
change that was not, and ends with 1 where the share is below ``WANTED``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
WANTED: Final = 0.9
SURVIVED: Final = {0, 5, 33}
"""Exit codes of the tests: all passed, or none ran."""


class Module(NamedTuple):
    """What became of one file's mutants; ``survivors`` holds their names."""

    path: str
    number: int
    survivors: list[str]


def run(files: Sequence[str], folder: Path) -> list[Module]:
    """Mutate these files (globs) in a copy of the checkout below ``folder``."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    if files:
        settings = folder / "pyproject.toml"
        chosen = f"only_mutate = {json.dumps(list(files))}"
        text = re.sub(
            r"^only_mutate = \[.*?\]$", chosen, settings.read_text(), flags=re.MULTILINE | re.DOTALL
        )
        settings.write_text(text)
    log = folder / "mutmut.log"
    with log.open("w") as output:
        process = subprocess.run(
            [sys.executable, "-m", "mutmut", "run"], cwd=folder, stdout=output, stderr=output,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    modules = list(_read(folder / "mutants"))
    if process.returncode or not modules:
        raise SystemExit(f"mutmut failed:\n{log.read_text()[-4000:]}")
    return modules


def _read(folder: Path) -> Iterator[Module]:
    for meta in sorted(folder.rglob("*.meta")):
        codes = json.loads(meta.read_text())["exit_code_by_key"]
        if codes:
            path = meta.relative_to(folder).as_posix().removesuffix(".meta")
            yield Module(path, len(codes), [name for name in codes if codes[name] in SURVIVED])


def caught(modules: Sequence[Module]) -> float:
    """Return the share of mutants that the tests noticed, 0 to 1."""
    return 1 - sum(len(m.survivors) for m in modules) / sum(m.number for m in modules)


def main() -> None:
    """Print the share of each module, then what was not noticed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        modules = run(sys.argv[1:], folder)
        for module in modules:
            print(f"{caught([module]):6.1%}  {module.number:5}  {module.path}")
        for survivor in [name for module in modules for name in module.survivors]:
            shown = subprocess.run(
                [sys.executable, "-m", "mutmut", "show", survivor], cwd=folder,
                capture_output=True, text=True, check=False,
            ).stdout  # fmt: skip
            changes = [line for line in shown.splitlines() if re.match(r"[+-](?![+-]{2})", line)]
            print(f"\n{survivor}", *changes, sep="\n")
    share = caught(modules)
    print(f"\n{share:.1%} of {sum(module.number for module in modules)} mutants were caught.")
    sys.exit(share < WANTED)


if __name__ == "__main__":
    main()
