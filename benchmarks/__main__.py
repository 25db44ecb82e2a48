"""Run the benchmarks on one core and write their part of docs/performance.md."""

from __future__ import annotations

import sys

from benchmarks import engine, files, report


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    rows = [*engine.run(quick=quick), *files.run(quick=quick)]
    for row in rows:
        print(row)
    if quick:
        print("A quick run checks that all of it works; docs/performance.md stays as it was.")
        return
    print(f"Written: {report.write(rows)}")


if __name__ == "__main__":
    main()
