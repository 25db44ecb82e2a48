"""The documentation is held to the code: every setting, command and option is described."""

from __future__ import annotations

import re
from pathlib import Path

import click

from quiz.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
HIDDEN = {"--help", "--content", "--version"}


def test_every_command_and_option_is_described() -> None:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        assert command.help, name
        row = re.search(rf"^\| `quiz {name}` \|.*$", text, re.MULTILINE)
        assert row, f"docs/commands.md says nothing of quiz {name}"
        if "and more" in row[0]:
            continue
        for parameter in command.params:
            long = [option for option in parameter.opts if option.startswith("--")]
            for option in set(long) - HIDDEN:
                assert option in row[0], f"{option} of quiz {name}"


def test_every_setting_is_described() -> None:
    code = (ROOT / "quiz/web/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'environ\.get\("([A-Z_]+)"', code))
    assert names
    described = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operators.md").read_text(), re.MULTILINE)
    )
    assert names == described


def test_every_make_target_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target


def test_documents_name_files_that_exist() -> None:
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = document.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(((?!https?:)[^)#]+)", text):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_every_safeguard_names_a_test_that_exists() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    rows = [row for row in re.findall(r"^\|.*\|$", text, re.MULTILINE) if row.count("|") == 5]
    safeguards = [row for row in rows if "| ASVS |" not in row and "| --- |" not in row]
    assert len(safeguards) > 25
    for row in safeguards:
        *_, requirements, named, _ = row.split("|")
        assert re.fullmatch(r" \d+\.\d+\.\d+(, \d+\.\d+\.\d+)* ", requirements), row
        names = re.findall(r"`(test_\w+)`", named)
        assert names, row
        for name in names:
            assert f"def {name}(" in tests, name
