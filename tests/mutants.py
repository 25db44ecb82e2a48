"""Change the code in small ways, one at a time, and count how many changes the tests notice.

It works on a copy of the checkout. Prints what share was caught in each module and every change that
was not, and ends with 1 where the share is below nine in ten.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
WANTED: Final = 0.9
SURVIVED: Final = {0, 5, 33}
"""Exit codes of the tests: all passed, or none ran."""
NOBODY: Final = "no.mutant.is.called.this"


class Module(NamedTuple):
    """What became of one file's mutants; ``survivors`` holds their names."""

    path: str
    number: int
    survivors: list[str]


def run(
    files: Sequence[str],
    folder: Path,
    *,
    tests: Sequence[str] = (),
    sample: int = 0,
    seed: int = 1,
) -> list[Module]:
    """Mutate these files (globs) in a copy of the checkout below ``folder``.

    ``tests``: where to look for tests, instead of where pyproject.toml says. ``sample``: how many
    mutants to draw at random; 0 for all.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    settings = folder / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    if files:
        text = _listed(text, "only_mutate", files)
    if tests:
        options = ["-m", "not slow and not browser", "-k", "not postgres"]
        text = _listed(text, "pytest_add_cli_args_test_selection", [*tests, *options])
    settings.write_text(text, encoding="utf-8")
    chosen: list[str] = []
    if sample:
        _mutmut(folder, [NOBODY])  # writes the mutants, and notes which tests run what
        names = [name for codes in _codes(folder).values() for name in codes]
        chosen = Random(seed).sample(names, min(sample, len(names)))
    output = _mutmut(folder, chosen)
    modules = [
        Module(path, len(codes), [name for name in codes if codes[name] in SURVIVED])
        for path, codes in _tried(folder)
    ]
    if not modules:
        raise SystemExit(f"mutmut failed:\n{output[-4000:]}")
    return modules


def _listed(text: str, key: str, values: Sequence[str]) -> str:
    """Return the settings with another list under this key."""
    chosen = f"{key} = {json.dumps(list(values))}"
    changed, number = re.subn(
        rf"^{key} = \[.*?\]$", lambda _: chosen, text, flags=re.MULTILINE | re.DOTALL
    )
    assert number == 1, key
    return changed


def _mutmut(folder: Path, names: Sequence[str]) -> str:
    """Try these mutants, or all; return what mutmut writes."""
    process = subprocess.run(
        [sys.executable, "-m", "mutmut", "run", *names], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, check=False,
    )  # fmt: skip
    if process.returncode and names != [NOBODY]:
        raise SystemExit(f"mutmut failed:\n{process.stdout[-4000:]}")
    return process.stdout


def _codes(folder: Path) -> dict[str, dict[str, int | None]]:
    """Return the exit code for each mutant of each file; None where it was not tried."""
    metas = sorted((folder / "mutants").rglob("*.meta"))
    return {
        meta.relative_to(folder / "mutants").as_posix().removesuffix(".meta"): json.loads(
            meta.read_text(encoding="utf-8")
        )["exit_code_by_key"]
        for meta in metas
    }


def _tried(folder: Path) -> Iterator[tuple[str, dict[str, int]]]:
    for path, codes in _codes(folder).items():
        if tried := {name: code for name, code in codes.items() if code is not None}:
            yield path, tried


def caught(modules: Sequence[Module]) -> float:
    """Return the share of mutants that the tests noticed, 0 to 1."""
    return 1 - sum(len(m.survivors) for m in modules) / sum(m.number for m in modules)


def main() -> None:
    """Print the share of each module, then what was not noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument(
        "files", nargs="*", metavar="FILE",
        help="files or globs, like 'quiz/matching/*.py'; those of [tool.mutmut] where none is given",
    )  # fmt: skip
    parser.add_argument("--tests", action="append", default=[], metavar="PATH", help="tests to run")
    parser.add_argument("--sample", type=int, default=0, help="how many to draw at random")
    parser.add_argument("--seed", type=int, default=1, help="another number draws others")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        modules = run(
            options.files, folder, tests=options.tests, sample=options.sample, seed=options.seed
        )
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
