"""Run the benchmarks and write their parts of docs/performance.md; name parts to run only these."""

from __future__ import annotations

import sys

from benchmarks import (
    classroom,
    content,
    engine,
    files,
    load,
    pages,
    report,
    server,
    steady,
)

PARTS = {
    "engine": (engine.run, files.run),
    "content": (content.run,),
    "pages": (pages.run, load.run, steady.run),
    "class": (classroom.run,),
    "server": (server.run,),
}


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")] or list(PARTS)
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        sys.exit(f"There is no part {unknown[0]!r}. There are: {', '.join(PARTS)}.")
    for name in chosen:
        rows = [row for run in PARTS[name] for row in run(quick=quick)]
        for row in rows:
            print(row)
        if not quick:
            print(f"Written: {report.write(name, rows)}")
    if quick:
        print("A quick run checks that all of it works; docs/performance.md stays as it was.")


if __name__ == "__main__":
    main()
