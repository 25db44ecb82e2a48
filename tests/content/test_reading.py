"""YAML that means harm, or was never YAML: always a named fault, never anything else."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.content import ContentError, load
from quiz.content.limits import YAML_BYTES as MAX_BYTES
from quiz.content.limits import YAML_DEPTH as MAX_DEPTH
from quiz.content.yaml import events
from quiz.content.yaml.marked import Document
from quiz.content.yaml.reading import read


def faults(raw: bytes | str) -> list[tuple[int, int, str]]:
    document = read("f.yaml", raw.encode() if isinstance(raw, str) else raw)
    document.note_doubts()
    return [(problem.line, problem.column, problem.message) for problem in document.problems]


def only(raw: bytes | str) -> tuple[int, int, str]:
    reported = faults(raw)
    assert len(reported) == 1, reported
    return reported[0]


def test_a_plain_file_becomes_plain_data() -> None:
    document = read("f", b"a: [1, -2, true, FALSE, x, '3', \"yes\", 2025-10-29]\nb: {c: 007}\n")
    assert document.problems == []
    assert document.data == {
        "a": [1, -2, True, False, "x", "3", "yes", "2025-10-29"],
        "b": {"c": "007"},
    }


@pytest.mark.parametrize("word", ["no", "No", "NO", "yes", "on", "Off", "y", "N"])
def test_an_unquoted_switch_is_a_fault_and_a_quoted_one_a_text(word: str) -> None:
    assert only(f"a: {word}\n") == (
        1,
        4,
        f"Unquoted {word!r} means true or false to many programs.",
    )
    assert faults(f"a: '{word}'\nb: \"{word}\"\n") == []


def test_every_place_is_kept() -> None:
    text = "a:\n  - b: één\n    c: {d: x, e: [1,\n      2]}\n"
    document = read("f", text.encode())
    assert document.place(("a",)) == (2, 3)
    assert document.place(("a",), at_key=True) == (1, 1)
    assert document.place(("a", 0, "b")) == (2, 8)
    assert document.place(("a", 0, "b"), at_key=True) == (2, 5)
    assert document.place(("a", 0, "c", "d")) == (3, 12)
    assert document.place(("a", 0, "c", "e", 1)) == (4, 7)
    assert document.place(("a", 0, "c", "missing"), at_key=True) == (3, 5)
    assert document.place(("a", 5)) == (2, 3)


def test_columns_count_characters_not_bytes() -> None:
    assert only("a: {é: ünï, ü: no}\n")[:2] == (1, 16)


def test_the_first_of_two_equal_keys_stays_and_the_second_is_named() -> None:
    text = "a: 1\nb:\n  c: 1\n  c: {d: 1}\n  e: no\na: 2\n"
    reported = faults(text)
    assert [line for line, _, _ in reported] == [4, 6, 5]
    assert reported[0][2] == "The key 'c' stands here twice; the first is on line 3."
    assert read("f", text.encode()).data == {"a": 1, "b": {"c": 1, "e": "no"}}


def test_aliases_do_not_grow() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    tracemalloc.start()
    reported = faults(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert len(yaml.safe_load(bomb)["i"]) == 9  # what a plain loader makes of it: 9 ** 9 leaves
    assert reported[0] == (1, 4, "The anchor &a is not allowed.")
    assert (2, 8, "The alias *a is not allowed.") in reported
    assert len([message for _, _, message in reported if "alias" in message]) == 72


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n"])
def test_depth_is_refused_before_it_is_reached(opening: str) -> None:
    if opening == "a:\n":
        text = "".join(f"{' ' * depth}a:\n" for depth in range(5_000))
    else:
        text = opening * 100_000
    line, _, message = faults(text)[0]
    assert message == f"This lies deeper than {MAX_DEPTH} levels."
    assert line in {1, MAX_DEPTH + 1}


def test_as_many_levels_as_are_allowed_pass() -> None:
    assert faults("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert len(faults("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))) == 1


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: !!python/object/apply:os.system [ls]\n", (1, 4), "The tag"),
        ("a: !x b\n", (1, 4), "The tag !x"),
        ("a: ! b\n", (1, 4), "The tag !"),
        ("a: 1\n---\nb: 2\n", (2, 1), "A second document"),
        ("[a]: 1\n", (1, 1), "A key must be one word."),
        ("? {a: b}\n: 1\n", (1, 3), "A key must be one word."),
        ("a: '\x07'\n", (1, 5), "The control character U+0007"),
        ("a: b\u2028c\n", (1, 5), "The control character U+2028"),
        ("a: b\x85c\n", (1, 5), "The control character U+0085"),
        ("a: b\ufeffc\n", (1, 5), "The control character U+FEFF"),
        ('a: "\\0"\n', (1, 4), "This text holds the control character U+0000."),
        ('a: "\\u202a\\e"\n', (1, 4), "This text holds the control character U+001B."),
        ("a:\n", (1, 3), "Nothing stands here."),
        ("a: ~\n", (1, 4), "Nothing stands here."),
        ("a: [\n", (1, 5), "This is not valid YAML"),
        ('a: "b\nc: d\n', (1, 4), "This is not valid YAML"),
        ("a:\n\tb: 1\n", (2, 1), "This is not valid YAML"),
        ("a: b: c\n", (1, 5), "This is not valid YAML"),
        ("a: [b\nc: d\n", (1, 4), "This is not valid YAML"),
    ],
)
def test_what_yaml_allows_and_we_do_not(text: str, place: tuple[int, int], message: str) -> None:
    line, column, reported = only(text)
    assert (line, column) == place
    assert reported.startswith(message)


def test_bytes_that_are_not_utf8_are_placed() -> None:
    assert only(b"a: 1\nb: \xc3\xa9\xff\n") == (2, 5, "The file is not UTF-8 text: byte 0xFF.")
    assert "UTF-8" in only("a: é".encode("utf-16"))[2]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    document = read("f", "\ufeffa: 1\r\nb:\r\n  - no\r\n".encode())
    assert document.data == {"a": 1, "b": ["no"]}
    assert document.place(("b", 0)) == (3, 5)


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    document = read("f", b" " * (MAX_BYTES + 1))
    assert document.data is None
    assert document.problems[0].message == "The file is larger than 40 MB."


def test_the_slower_loader_reads_the_same(
    monkeypatch: pytest.MonkeyPatch, content_texts: dict[str, str]
) -> None:
    # The loader in Python takes the ? in {a: b?, c: d} for a key; the one in C does not.
    texts = [text.replace("data?", "data").encode() for text in content_texts.values()]
    fast = [read("f", text) for text in texts]
    monkeypatch.setattr(events, "Loader", yaml.BaseLoader)
    slow = [read("f", text) for text in texts]
    assert slow == fast
    assert faults("a: [\n")[0][:2] == (1, 5)
    assert faults("a: *x\n") != []


def survives(folder: Path, statements: bytes, answers: bytes) -> None:
    (folder / "statements.yaml").write_bytes(statements)
    (folder / "party_answers.yaml").write_bytes(answers)
    try:
        load(folder)
    except ContentError as error:
        for problem in error.problems:
            assert problem.message
            assert 0 <= problem.line <= problem.line + problem.column


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
def test_random_bytes_are_only_ever_a_content_error(
    raw: bytes, tmp_path: Path, content_texts: dict[str, str]
) -> None:
    survives(tmp_path, raw, content_texts["party_answers.yaml"].encode())
    survives(tmp_path, content_texts["statements.yaml"].encode(), raw)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="ab:-?*&!|>'\"#%@`,[]{} \n\t01~é", max_size=80))
def test_random_yaml_is_only_ever_a_content_error(
    text: str, tmp_path: Path, content_texts: dict[str, str]
) -> None:
    survives(tmp_path, text.encode(), content_texts["party_answers.yaml"].encode())


KEYS = st.sampled_from(
    ["quiz", "themes", "statements", "sources", "parties", "id", "name", "text", "theme",
     "languages", "answers", "quotes", "summary", "position", "explicit", "source", "page",
     "searched", "lines", "status", "title", "description", "explanation", "matching", "x", ""]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.sampled_from(["nl", "en", "a", "x-y", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=VALUES, second=VALUES)
def test_random_data_under_known_keys_is_only_ever_a_content_error(
    first: object, second: object, tmp_path: Path
) -> None:
    survives(tmp_path, yaml.safe_dump(first).encode(), yaml.safe_dump(second).encode())


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_valid_file_with_any_cut_or_swap_is_read_or_refused(
    data: st.DataObject, tmp_path: Path, content_texts: dict[str, str]
) -> None:
    texts = dict(content_texts)
    name = data.draw(st.sampled_from(sorted(texts)))
    text = texts[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    texts[name] = text[:start] + data.draw(st.text(max_size=5)) + text[end:]
    survives(
        tmp_path,
        texts["statements.yaml"].encode("utf-8", "surrogatepass"),
        texts["party_answers.yaml"].encode("utf-8", "surrogatepass"),
    )


def test_a_document_without_data_has_no_sections() -> None:
    assert Document("f").section("parties", list) == []
    assert Document("f", data=[1]).section("parties", list) == []
