"""Mutated content files: each is read or refused in words, at once, and what passes can be served."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.cli.options import show_errors
from quiz.content import check
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.fuzz.budget import BY_HAND, FILES, at_once

TOKENS = [
    "&a ", "*a", "!!python/object/apply:os.system ['id']", "!!binary aGk=", "<<: *a", "? ", "| ", "> ", "%YAML 9.9\n",
    "---\n", "...\n", "{", "}", "[", "]", ", ", ": ", "- ", "#", '"', "'", "\\x00", '"\\u0000"', "\t", "\r", "\n\n",
    "\x00", "\x85", "\u2028", "\ufeff", "\ud83d", "😀", "null", "~", "yes", "no", "0x1F", "1e999", "9" * 400, ".nan",
    "2025-13-45", "[" * 40, "{a: " * 40, "a" * 6000, "{{7*7}}", "<b>", "javascript:alert(1)", "../../etc/passwd",
    "nl", "en", "id", "agree", "neutral", "leave-microsoft", "alfa-2025", "alfa", "statements:", "parties:", "quiz:",
]  # fmt: skip
Mutation = Callable[[random.Random, str], str]


def _spot(chance: random.Random, text: str) -> int:
    return chance.randrange(len(text) + 1)


def _insert(chance: random.Random, text: str) -> str:
    at = _spot(chance, text)
    return text[:at] + chance.choice(TOKENS) + text[at:]


def _cut(chance: random.Random, text: str) -> str:
    at = _spot(chance, text)
    return text[:at] + text[at + chance.choice([1, 1, 2, 5, 40, 400]) :]


def _stop(chance: random.Random, text: str) -> str:
    return text[: _spot(chance, text)]


def _letter(chance: random.Random, text: str) -> str:
    at = _spot(chance, text)
    return (
        text[:at]
        + chr(chance.choice([chance.randrange(128), chance.randrange(0xD7FF)]))
        + text[at + 1 :]
    )


def _lines(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or ["\n"]
    first, second = (chance.randrange(len(lines)) for _ in "ab")
    kind = chance.randrange(5)
    if kind == 0:
        lines.insert(second, lines[first])
    elif kind == 1:
        lines[first], lines[second] = lines[second], lines[first]
    elif kind == 2:
        del lines[first]
    elif kind == 3:
        lines[first] = " " * chance.randrange(1, 5) + lines[first]
    else:
        lines[first] = lines[first].removeprefix(" " * chance.randrange(1, 5))
    return "".join(lines)


def _value(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or ["\n"]
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon}{chance.choice(TOKENS)}\n"
    return "".join(lines)


MUTATIONS: list[Mutation] = [_insert, _insert, _cut, _stop, _letter, _lines, _lines, _value, _value]


def mutated(chance: random.Random, texts: dict[str, str]) -> dict[str, bytes]:
    """Change one of the two files in one to four places; now and then a byte that is no UTF-8."""
    files = {name: text.encode() for name, text in texts.items()}
    name = chance.choice(sorted(texts))
    text = texts[name]
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(MUTATIONS)(chance, text)
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    if raw and chance.random() < 0.05:
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    files[name] = bytes(raw)
    return files


def look_through(folder: Path) -> None:
    """Serve what passed the check: every kind of page, and a result."""
    app = create_app(Settings(content=folder))
    client = app.test_client()
    catalogue = app.extensions["live"].current.catalogue
    paths = [
        "/nl/",
        "/en/quiz",
        "/nl/statements",
        "/nl/matrix",
        "/nl/method",
        "/api/v1/quiz",
        "/data/quiz.csv",
    ]
    paths += [
        f"/nl/statements/{catalogue.statements[0].id}",
        f"/en/parties/{catalogue.parties[0].id}",
    ]
    for path in paths:
        assert client.get(path).status_code == 200, path
    body = {f"answer.{entry.id}": "agree" for entry in catalogue.statements}
    assert client.post("/nl/result", data=body).status_code == 200


def test_mutated_files(
    content_texts: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = random.SystemRandom().randrange(10**9) if BY_HAND else 0
    refused = 0
    for number in range(first, first + FILES):
        texts = mutated(random.Random(number), content_texts)
        for name, raw in texts.items():
            (tmp_path / name).write_bytes(raw)
        with at_once(number):
            checked = check(tmp_path)
        for problem in (*checked.errors, *checked.warnings):
            assert problem.message.endswith("."), f"mutation {number}: {problem.message}"
            lines = texts[Path(problem.file).name].decode("utf-8", "replace").count("\n") + 2
            assert 0 <= problem.line <= max(lines, 2), f"mutation {number}: line {problem.line}"
        show_errors(checked.errors)
        assert "Traceback" not in capsys.readouterr().err
        if checked.errors:
            refused += 1
        elif any(texts[name] != text.encode() for name, text in content_texts.items()):
            look_through(tmp_path)
    assert FILES // 2 < refused < FILES
