"""``make audit``: ask whether a hole is known in a package of a locked list, and say it in words.

pip-audit calls a database that it cannot reach "not found" and still ends well. Here that is no
answer, and the command fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SERVICES = ("pypi", "osv")
CLEAN, HOLES, UNKNOWN = 0, 1, 2


def verdict(dependencies: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """Return the exit status and the lines to say, from pip-audit's list of packages."""
    looked_up = [package for package in dependencies if "vulns" in package]
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for package in looked_up
        for hole in package["vulns"]
    ]
    missed = sorted(package["name"] for package in dependencies if "vulns" not in package)
    if holes:
        return HOLES, holes
    if not looked_up:
        return UNKNOWN, [
            "Not audited: no database of known holes can be reached from here. Try again with a network."
        ]
    if missed:
        return UNKNOWN, [f"Not audited, for the database does not know them: {', '.join(missed)}."]
    return CLEAN, [f"No hole is known in these {len(looked_up)} packages."]


def ask(service: str, requirements: str) -> list[dict[str, Any]]:
    """Return what pip-audit says of each package; nothing where it cannot ask."""
    command = [
        sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--no-deps", "--timeout", "20",
        "--progress-spinner", "off", "-s", service, "-f", "json", "-r", requirements,
    ]  # fmt: skip
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        dependencies: list[dict[str, Any]] = json.loads(process.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return dependencies


def main() -> int:
    """Ask one service, and another where the first gives no answer."""
    status, lines = UNKNOWN, [""]
    for service in SERVICES:
        status, lines = verdict(ask(service, sys.argv[1]))
        if status != UNKNOWN:
            break
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    raise SystemExit(main())
