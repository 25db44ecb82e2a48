"""The documentation is held to the code: every setting, command and option is described."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from quiz import __version__
from quiz.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
HIDDEN = {"--help", "--content", "--version"}
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
FOLDERS = "quiz|tests|deploy|docs|templates|benchmarks|schemas|requirements"


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


def test_what_reproduces_the_figures_is_set_up_as_it_says() -> None:
    """pytest comes with the tests' packages, which ``make run`` alone does not install."""
    text = (ROOT / "docs/reproduce.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "`pytest " in text
    target = re.search(r"after `make (\w+)` once", " ".join(text.split()))
    assert target
    assert re.search(rf"^{target[1]}: .*\.venv/test\.stamp", makefile, re.MULTILINE)


def test_every_licence_goes_into_the_package() -> None:
    """The wheel bundles the content, so its licence goes along; the container builds a wheel."""
    names = sorted(path.name for path in ROOT.glob("LICENSE*"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert sorted(project["project"]["license-files"]) == names
    for file in ("Containerfile", ".dockerignore"):
        words = (ROOT / file).read_text(encoding="utf-8").replace("!", " ").split()
        assert set(names) <= set(words), file


def test_the_version_is_the_changelogs_newest() -> None:
    """Upgrades and citations go by it: what it names must be what the changelog describes."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    cited = re.search(
        r'^version: "(.+)"$', (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE
    )
    newest = re.search(r"^## ([0-9.]+)", changelog, re.MULTILINE)
    assert newest
    assert cited
    assert newest[1] == cited[1] == __version__
    assert f"clone --branch v{__version__} " in (ROOT / "docs/deploy.md").read_text("utf-8")


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


each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def code_in(document: Path) -> list[str]:
    """Return what stands in code marks, and each line of blocks of code."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    inline = [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", rest)]
    return inline + [line.strip() for block in blocks for line in block.splitlines()]


def quiz_commands(document: Path) -> Iterator[list[str]]:
    """Yield the words after ``quiz`` of each command that is written out."""
    for code in code_in(document):
        match = re.match(r"(?:\S*/bin/|\S*python -m )?quiz ([a-z].*)", code.partition("#")[0])
        if match and "…" not in code:
            yield shlex.split(match[1])


@each_document
def test_every_command_and_option_that_is_written_exists(document: Path) -> None:
    context = click.Context(main)
    for name, *words in quiz_commands(document):
        command = main.get_command(context, name.rstrip("."))
        assert command, f"{document.name}: quiz {name}"
        known = {
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for word in words:
            option = word.partition("=")[0]
            if option.startswith("--"):
                assert option in known | {"--help"}, f"{document.name}: quiz {name} {option}"


@each_document
def test_every_make_target_that_is_written_exists(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for code in code_in(document):
        for target in re.findall(r"^make (?:-C \S+ )?([a-z./-]+)", code):
            assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), (
                f"{document.name}: make {target}"
            )


@each_document
def test_every_path_that_is_written_is_there(document: Path) -> None:
    for code in code_in(document):
        path = re.fullmatch(rf"(?:/opt/standpunt/)?((?:{FOLDERS})/[\w./*-]*)", code)
        if path and not list(ROOT.glob(path[1].rstrip("/"))):
            # `docs/coding` tells of a file beside the document too
            assert (document.parent / path[1]).exists(), f"{document.name}: {path[1]}"


@each_document
def test_every_setting_that_is_written_is_read(document: Path) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "quiz").rglob("*.py"))
    for name in re.findall(r"\bQUIZ_[A-Z_]+\b", document.read_text(encoding="utf-8")):
        assert f'"{name}"' in code, f"{document.name}: {name}"


@each_document
def test_every_option_that_is_written_alone_exists(document: Path) -> None:
    context = click.Context(main)
    commands = [main.get_command(context, name) for name in COMMANDS]
    known = {"--quick"} | {  # of python -m benchmarks
        option
        for command in commands
        if command
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    for code in code_in(document):
        for option in re.findall(r"(--[a-z-]+)", code) if code.startswith("--") else []:
            assert option in known, f"{document.name}: {option}"


@each_document
def test_every_variable_that_is_written_is_read(document: Path) -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in [
            *(ROOT / "quiz").rglob("*.py"),
            ROOT / "Makefile",
            *(ROOT / "deploy").iterdir(),
        ]
    )
    for written in code_in(document):
        variable = re.fullmatch(r"([A-Z]{3,}(?:_[A-Z]+)*)(=.*)?", written)
        if variable:
            assert re.search(rf"\b{variable[1]}\b", code), f"{document.name}: {variable[1]}"


def test_files_of_settings_have_no_comment_behind_a_value() -> None:
    blocks = [
        block
        for document in DOCUMENTS
        for block in re.findall(
            r"^ *```ini\n(.*?)^ *```", document.read_text(), re.MULTILINE | re.DOTALL
        )
    ]
    assert len(blocks) >= 3
    units = [path.read_text() for path in (ROOT / "deploy").glob("standpunt*")]
    for line in "\n".join(blocks + units).splitlines():
        assert not re.match(r"\s*\w+=.*\s#", line), line


@each_document
def test_every_test_that_is_written_is_there(document: Path) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    for name in re.findall(r"`(test_\w+)`", document.read_text(encoding="utf-8")):
        assert f"def {name}(" in tests, f"{document.name}: {name}"


def test_every_event_that_is_watched_is_counted() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "quiz").rglob("*.py"))
    watched = re.findall(r'event="(\w+)"', (ROOT / "docs/deploy.md").read_text(encoding="utf-8"))
    assert watched
    for name in watched:
        assert re.search(rf'metrics\.event\([^)]*"{name}"', code), name


def test_the_release_that_the_guide_installs_has_this_projects_form() -> None:
    from quiz import __version__

    text = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    assert f"--branch v{__version__} " in text
    assert f"standpunt-{__version__}-py3-none-any.whl" in text


def test_every_request_that_the_readme_shows_is_answered() -> None:
    from quiz.content.paths import shipped
    from quiz.web.app import create_app
    from quiz.web.settings import Settings

    client = create_app(Settings(content=shipped())).test_client()
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    requests = re.findall(r"^curl .*$", text, re.MULTILINE)
    assert requests
    for request in requests:
        words = shlex.split(request)
        address = next(word for word in words if word.startswith("localhost:8000"))
        body = words[words.index("-d") + 1]
        response = client.post(
            address.removeprefix("localhost:8000"), data=body, content_type="application/json"
        )
        assert response.status_code == 200, request
        assert response.get_json()


def test_what_the_readme_promises_is_so() -> None:
    from babel import Locale

    from quiz.content import load
    from quiz.content.paths import shipped
    from quiz.translations import languages

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for tag in languages():
        assert str(Locale(tag).english_name) in text, tag
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text):
        assert (ROOT / picture).stat().st_size < 1_000_000, picture
    # every position carries the party's own words
    for party in load(shipped()).parties:
        for name, position in party.positions.items():
            assert position.quotes, (party.id, name)
            assert not position.from_summary, (party.id, name)
