"""Every command that the documents write out runs as it stands, or says here why it does not.

A command is a line of a block without a language or of ``sh``, or what stands in code marks and begins
with the name of a program.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyarrow.csv import read_csv

from quiz.content import Catalogue
from quiz.content.paths import shipped
from quiz.matching import kernel_of
from quiz.matching.answers import Answers
from quiz.matching.saved_result import saved_result

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md"] + [
    str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("**/*.md"))
]
PROGRAMS = (
    "apt-get", "certbot", "chmod", "cp", "curl", "frictionless", "git", "gunicorn", "journalctl",
    "kill", "make", "mv", "nginx", "pdftotext", "pip", "pipx", "podman", "psql", "pytest", "python",
    "python3", "quiz", "rm", "rsync", "runuser", "source", "sudo", "sysctl", "systemctl", "uv",
)  # fmt: skip
LANGUAGES = {"html", "ini", "python", "r", "text", "yaml"}
"""Blocks that hold no commands; Python and R run in tests/test_data_docs.py."""

RUN_HERE = {
    "README.md": ("quiz new my-quiz", "quiz check --content my-quiz"),
    "docs/commands.md": (
        "quiz --language nl COMMAND", "quiz COMMAND --help", "quiz translations pl --content my-quiz",
    ),
    "docs/data.md": (
        "quiz score answers.csv --out scores.csv --keep respondent",
        "quiz score answers.parquet --out scores.parquet --keep respondent --columns match,rank,leading --prior 3",
        "quiz audit --answers answers.csv --keep respondent --json audit.json",
        "quiz verify result.json",
    ),
    "docs/deploy.md": (
        "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
        "rm -rf /opt/standpunt-content.old",
        (
            "mv -T /opt/standpunt-content /opt/standpunt-content.old && "
            "mv -T /opt/standpunt-content.new /opt/standpunt-content"
        ),
    ),
    "docs/reproduce.md": (
        "quiz audit --json audit.json", "quiz audit --seed 2 --voters 1000000",
        "quiz audit --answers answers.csv --keep respondent",
        'git log --format="%h %as %s" -- statements.yaml party_answers.yaml',
        "git worktree add ../then COMMIT", "quiz audit --content ../then", "quiz diff ../then .",
    ),
}  # fmt: skip
"""In a scratch folder, in this order; COMMIT, COMMAND and /opt stand for what is there."""

ELSEWHERE = {
    # what a guide writes out is run where its other blocks are
    r"quiz (new|check|audit|export|import|translations|diff) .*|cp -r my-quiz .*":
        "test_the_guide_works_as_it_is_written",
    r"quiz preview --content my-quiz": "test_errors_are_shown_until_they_are_mended",
    r"quiz serve --content my-quiz --host 0\.0\.0\.0 --port 8000":
        "test_who_opens_it_to_others_is_told_what_a_public_server_needs",
    r"quiz serve --strict": "test_strict_or_without_anything_kept_a_start_is_refused",
    r"quiz expire --empty": "test_classes_without_pupils_go_when_they_are_told_to",
    r"quiz check --sources( DIR)?": "test_a_quote_that_is_not_in_its_source_fails_the_check",
    r"quiz --language nl check": "test_help_is_in_the_language_that_was_chosen",
    r"quiz translations pl": "test_from_nothing_to_a_page",
    r"curl -s localhost:8000/.*": "test_every_request_that_the_readme_shows_is_answered",
    r"curl -s https://quiz\.example/.*": "test_examples_run",
    r"curl -s .*/healthz": "test_health_is_told_by_address_though_hosts_are_named",
    r"pytest .*": "test_the_tests_that_recompute_a_figure_are_there",
    r"nginx -t && systemctl start nginx|cp /opt/standpunt/deploy/nginx\.conf .*":
        "test_the_shipped_configuration_starts_on_a_fresh_debian_as_it_is",
    r"cp /opt/standpunt/deploy/standpunt\* .*": "test_the_service_runs_as_the_unit_has_it",
    r"systemctl (reload|restart) standpunt": "test_a_release_that_does_not_start_replaces_nobody",
    r"kill -9": "test_killed_workers_are_replaced_while_the_files_are_broken",
    r".*pip install standpunt-\S+\.whl|.*python -m build --wheel --no-isolation":
        "test_wheel_runs_elsewhere",
    r"make sbom": "test_the_list_of_materials_names_every_package_that_runs",
    r"make rooms": "test_the_house_is_no_larger_than_its_plan",
    r"make figures": "test_the_pages_hold_what_the_content_gives",
    r"make alpha": "test_alpha_is_the_published_figure",
    r"make audit": "test_an_audit_that_could_not_ask_is_no_clean_audit",
    r"make fuzz": "test_voters_forms",
    r"make (bench|-C \S+ bench)|python -m benchmarks.*": "test_the_others_run_too",
    r"make mutants|.*python -m tests\.mutants .*": "test_small_changes_in_a_result_are_noticed",
    r"make (run|-C \S+ \.venv/run\.stamp)|python3 -m venv .*|source \.venv/bin/activate":
        "test_quiz_is_a_command_in_a_clone_from_any_folder",
}  # fmt: skip
"""Commands by pattern, and the test that runs them or what they do."""

NOT_RUN = {
    r"make (test|test-slow|lint)": "CI runs it on every change, and runs this test by it",
    r"make (help|translations|lock)": "writes into the clone, or asks a package registry",
    r"(sudo )?apt-get install .*": "takes root and Debian's archive",
    r"(uv tool install|pipx install|pip install)( .*)?": "takes a package registry",
    r"git clone .*|git fetch .*|git -C /opt/standpunt .*|git tag v": "takes a published repository",
    r"certbot .*": "takes a certificate authority",
    r"(chmod|rm) /etc/.*|chmod 600 .*|systemctl edit .*": "changes the machine",
    r"systemctl .*|journalctl .*|sysctl .*": "takes systemd, or the kernel, of the machine",
    r"runuser .*": "takes root and PostgreSQL's own account; gone through by hand (docs/deploy.md)",
    r"rsync .*": "takes a second host",
    r"podman .*": "no image can be built where the tests run; each line was gone through by hand",
    r"gunicorn .*": "another server, which is not among the packages; wsgi.py is imported in a test",
    r"pdftotext .*|frictionless .*": "a program of others, which is not among the packages",
}
"""Commands by pattern, and why no test runs them as they stand."""

TITLE_LANGUAGES_PARTIES = "Onze stad\nnl, en\nVolt, Groen-Lokaal\n"
"""What ``quiz new`` asks for."""


def commands(document: str) -> Iterator[str]:
    """Yield each command of a document, in one line and without its comment."""
    text = (ROOT / document).read_text(encoding="utf-8")
    block = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
    for language, lines in block.findall(text):
        if language not in LANGUAGES:
            assert language in {"", "sh"}, f"{document}: {language}"
            for line in re.sub(r" *\\\n *", " ", lines).splitlines():
                yield re.sub(r"  +# .*", "", line).strip()
    for code in re.findall(r"`([^`]+)`", block.sub("", text)):
        command = " ".join(code.split())
        program, _, rest = command.partition(" ")
        if rest and program.rpartition("/")[2] in PROGRAMS and not is_a_name(command):
            yield command


def is_a_name(command: str) -> bool:
    """Whether no more than the name of one of our commands is written, such as ``quiz audit``."""
    return bool(re.fullmatch(r"quiz [a-z]+", command))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_is_written_runs_or_says_why_not(document: str) -> None:
    for command in commands(document):
        known = command in RUN_HERE.get(document, ()) or any(
            re.fullmatch(pattern, command) for pattern in (*ELSEWHERE, *NOT_RUN)
        )
        assert known, f"{document}: {command!r} runs in no test"


def test_every_test_that_runs_a_command_is_there_and_nothing_is_listed_in_vain() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    for name in ELSEWHERE.values():
        assert f"def {name}(" in tests, name
    written = [command for document in DOCUMENTS for command in commands(document)]
    for pattern in (*ELSEWHERE, *NOT_RUN):
        assert any(re.fullmatch(pattern, command) for command in written), pattern
    for document, run in RUN_HERE.items():
        assert set(run) <= set(commands(document)), document


def test_the_tests_that_recompute_a_figure_are_there() -> None:
    for command in commands("docs/reproduce.md"):
        if command.startswith("pytest "):
            path, word = re.fullmatch(r"pytest (\S+)(?: -k (\w+))?", command).groups()  # type: ignore[union-attr]
            assert re.search(rf"def test_\w*{word or ''}", (ROOT / path).read_text()), command


@pytest.fixture
def scratch(tmp_path: Path, shipped_catalogue: Catalogue) -> Path:
    """A folder with the shipped content under version control, files of voters, and a ``quiz``."""
    folder, programs = tmp_path / "clone", tmp_path / "bin"
    folder.mkdir()
    programs.mkdir()
    quiz = programs / "quiz"
    quiz.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quiz "$@"\n')
    quiz.chmod(0o755)
    for name in ("statements.yaml", "party_answers.yaml"):
        shutil.copy(shipped() / name, folder)
    ids = [statement.id for statement in shipped_catalogue.statements]
    rows = [f"{row},{','.join('agree' for _ in ids)}" for row in range(50)]
    (folder / "answers.csv").write_text("\n".join([f"respondent,{','.join(ids)}", *rows]) + "\n")
    answers = Answers.from_words(shipped_catalogue, dict.fromkeys(ids, "agree"))
    kernel = kernel_of(shipped_catalogue)
    result = saved_result(shipped_catalogue, answers, kernel)
    (folder / "result.json").write_text(json.dumps(result))
    pq.write_table(read_csv(folder / "answers.csv"), folder / "answers.parquet")
    for name in (
        "standpunt",
        "standpunt-content",
        "standpunt-content.new",
        "standpunt-content.old",
    ):
        (tmp_path / "opt" / name).mkdir(parents=True)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("document", RUN_HERE)
def test_commands_run_as_they_are_written(document: str, scratch: Path) -> None:
    run = partial(in_shell, folder=scratch)
    run("git init -q && git add *.yaml && git -c user.name=A -c user.email=a@b.c commit -qm First")
    commit = run("git rev-parse HEAD").strip()
    if document == "docs/commands.md":
        run("quiz new my-quiz")
    for command in RUN_HERE[document]:
        run(
            command.replace("COMMIT", commit)
            .replace("COMMAND", "check")
            .replace("/opt/", f"{scratch.parent}/opt/")
        )
    if document == "docs/deploy.md":
        assert not (scratch.parent / "opt/standpunt-content.new").exists()


def in_shell(command: str, *, folder: Path) -> str:
    environment = {
        "PATH": f"{folder.parent}/bin:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "LANGUAGE": "en",
        "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-euc", command], cwd=folder, env=environment, input=TITLE_LANGUAGES_PARTIES,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout
