"""``quiz verify``: a saved result holds or does not, and says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quiz import __version__
from quiz.cli import main
from quiz.content import Catalogue
from quiz.content.limits import RESULT_BYTES
from quiz.content.methods import METHODS
from quiz.matching.answers import Answers
from quiz.matching.kernel import Kernel, kernel_of
from quiz.matching.saved_result import ResultError, read_result, saved_result, verify
from tests.matching.small import catalogue_of


@pytest.fixture(params=METHODS)
def saved(request: pytest.FixtureRequest, catalogue: Catalogue) -> dict[str, Any]:
    ids = [statement.id for statement in catalogue.statements]
    kernel = Kernel(catalogue.matrix, method=METHODS[request.param], prior=10, min_compared=2)
    answers = Answers.from_words(catalogue, {ids[0]: "agree", ids[1]: "neutral"}, [ids[0]])
    return saved_result(catalogue, answers, kernel)


@pytest.fixture
def run(tmp_path: Path, content_folder: Path) -> Callable[[object], Result]:
    def command(data: object) -> Result:
        path = tmp_path / "result.json"
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            path.write_text(data if isinstance(data, str) else json.dumps(data))
        return CliRunner().invoke(main, ["verify", str(path), "--content", str(content_folder)])

    return command


def test_a_name_that_is_not_the_contents_own_does_not_hold(
    saved: dict[str, Any], run: Callable[[object], Result]
) -> None:
    result = run(saved | {"quiz": "another", "quiz_version": 9})
    assert result.exit_code == 1
    assert "quiz: 'another' in the file" in result.output
    assert "quiz_version: 9 in the file" in result.output


def test_what_a_file_says_never_reaches_the_terminal_as_a_command(
    saved: dict[str, Any], run: Callable[[object], Result]
) -> None:
    odd = "\ud800\x1b[2J\u2028"
    party = saved["parties"][0] | {"id": odd}
    for changes, code in (
        ({"content_hash": odd}, 1), ({"parties": [party]}, 1), ({"answers": {odd: "agree"}}, 2),
        ({"method": odd}, 2), ({odd[1:]: 1}, 2),
    ):  # fmt: skip
        result = run(saved | changes)
        assert result.exit_code == code, result.output
        assert "\\x1b[2J\\u2028" in result.output
        assert "\x1b" not in result.output


def test_a_number_of_too_many_digits_is_named(run: Callable[[object], Result]) -> None:
    result = run('{"format": "standpunt-result", "quiz_version": ' + "9" * 5000 + "}")
    assert result.exit_code == 2
    assert "a number in it is too long" in result.output


def test_what_the_page_saves_holds(saved: dict[str, Any], run: Callable[[object], Result]) -> None:
    result = run(saved)
    assert result.exit_code == 0, result.output
    assert "holds" in result.output


def test_a_saved_result_names_the_program_which_older_ones_did_not(
    saved: dict[str, Any], run: Callable[[object], Result]
) -> None:
    assert saved.pop("standpunt") == __version__
    assert run(saved).exit_code == 0


@pytest.mark.parametrize(
    "name", ["match", "low", "high", "agreement", "coverage", "compared", "rank"]
)
def test_any_other_number_does_not_hold(
    saved: dict[str, Any], run: Callable[[object], Result], name: str
) -> None:
    number = saved["parties"][0][name]
    saved["parties"][0][name] = 7 if name in {"compared", "rank"} else (number or 0) + 2**-50
    result = run(saved)
    assert result.exit_code == 1
    assert f"{saved['parties'][0]['id']}: {name} is" in result.output


def test_changed_answers_and_parties_do_not_hold(
    catalogue: Catalogue, saved: dict[str, Any], run: Callable[[object], Result]
) -> None:
    first = next(iter(saved["answers"]))
    assert run(saved | {"answers": saved["answers"] | {first: "disagree"}}).exit_code == 1
    assert "not in the file" in run(saved | {"parties": saved["parties"][1:]}).output
    other = saved["parties"][0] | {"id": "nobody"}
    assert "nobody: in the file" in run(saved | {"parties": [*saved["parties"], other]}).output
    twice = run(saved | {"parties": [*saved["parties"], saved["parties"][0]]})
    assert (twice.exit_code, "stands there twice" in twice.output) == (1, True)


def test_other_content_is_named(saved: dict[str, Any], run: Callable[[object], Result]) -> None:
    result = run(saved | {"content_hash": "0" * 64})
    assert result.exit_code == 1
    assert "made with other content" in result.output
    assert "0" * 64 in result.output
    assert saved["content_hash"] in result.output
    unknown = run(
        saved | {"content_hash": "0" * 64, "answers": {"old-statement": "agree"}, "double": []}
    )
    assert unknown.exit_code == 2
    assert "answers.old-statement" in unknown.output
    assert "made with other content" in unknown.output


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answers": {"no-such": "agree"}}, "answers.no-such"),
        ({"double": ["no-such"]}, "double"),
        ({"method": "best"}, "method"),
        ({"format": "other"}, "not a saved result"),
        ({"format_version": 2}, "format_version"),
        ({"parties": [{"id": "x"}]}, "parties.0.rank"),
        ({"answers": ["agree"]}, "answers"),
        ({"more": 1}, "more"),
    ],
)
def test_what_cannot_be_checked(
    saved: dict[str, Any], run: Callable[[object], Result], change: dict[str, Any], message: str
) -> None:
    result = run(saved | change)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "[" * 100_000, '{"a": 1, "a": 2}', '{"a": NaN}', b"\xff", "1e999"],
)
def test_broken_files(run: Callable[[object], Result], text: str | bytes) -> None:
    result = run(text)
    assert result.exit_code == 2
    assert "result.json: " in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_missing_file(content_folder: Path) -> None:
    result = CliRunner().invoke(main, ["verify", "none.json", "--content", str(content_folder)])
    assert result.exit_code == 2
    assert "none.json: The file cannot be read" in result.output


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, content_folder: Path) -> None:
    with (tmp_path / "result.json").open("wb") as file:
        file.truncate(RESULT_BYTES + 1)
    options = ["verify", str(tmp_path / "result.json"), "--content", str(content_folder)]
    result = CliRunner().invoke(main, options)
    assert (result.exit_code, "too large for a saved result" in result.output) == (2, True)


def test_broken_content_is_not_a_result_that_fails(saved: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(json.dumps(saved))
    options = ["verify", str(tmp_path / "result.json"), "--content", str(tmp_path / "none")]
    assert CliRunner().invoke(main, options).exit_code == 2


def test_read_and_verify_as_functions(catalogue: Catalogue, saved: dict[str, Any]) -> None:
    assert verify(catalogue, read_result(json.dumps(saved))).holds
    with pytest.raises(ResultError, match="line 1"):
        read_result("{,}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "The file is not valid JSON: it is nested too deep."),
        ('{"b": 0, "a": 1, "a": 2}', "The file is not clear: 'a' stands twice in one object."),
        ('{"a": NaN}', "The file is not valid JSON: NaN is not a number."),
        ("9" * 5000, "This is not a saved result: a number in it is too long."),
        ("[]", 'This is not a saved result: "format" must be "standpunt-result".'),
    ],
)
def test_what_is_wrong_with_a_file_is_said_exactly(text: str, message: str) -> None:
    with pytest.raises(ResultError) as caught:
        read_result(text)
    assert str(caught.value) == message


def test_every_fault_of_a_files_form_has_a_line(saved: dict[str, Any]) -> None:
    with pytest.raises(ResultError) as caught:
        read_result(json.dumps(saved | {"method": 1, "quiz": 2}))
    assert [line.partition(":")[0] for line in str(caught.value).split("\n")] == ["quiz", "method"]


def test_ranked_parties_come_first_then_by_name() -> None:
    rows = {"Beta": [1, 1], "alfa": [1, 1], "Gamma": [2, 2], "delta": [2, 2], "Eta": [-1, 1]}
    catalogue = catalogue_of(rows, prior=6, min_compared=2)
    answers = Answers.from_codes(catalogue, (1, 1))
    data = saved_result(catalogue, answers, kernel_of(catalogue))
    assert [(party["id"], party["rank"]) for party in data["parties"]] == [
        ("alfa", 1), ("beta", 1), ("eta", 3), ("delta", None), ("gamma", None),
    ]  # fmt: skip
    assert [party["match"] is None for party in data["parties"]] == [False] * 5
    assert [party["agreement"] for party in data["parties"]] == [1, 1, 0.5, None, None]


def test_every_difference_is_listed_and_other_content_is_named() -> None:
    catalogue = catalogue_of({"Alfa": [1, 1], "Beta": [-1, 0]}, prior=6, min_compared=1)
    answers = Answers.from_codes(catalogue, (1, 1))
    data = saved_result(catalogue, answers, kernel_of(catalogue))
    _, beta = data["parties"]
    other = beta | {"id": "gone"}
    changed = data | {"parties": [other, beta | {"compared": 9}, other]}
    verdict = verify(catalogue, read_result(json.dumps(changed)))
    assert verdict.same_content
    assert verdict.differences == (
        "gone: in the file, but not in this content.",
        "alfa: in this content, but not in the file.",
        "beta: compared is 9 in the file and 2 when computed again.",
        "parties: a party stands there twice.",
    )
    verdict = verify(catalogue, read_result(json.dumps(data | {"content_hash": "f" * 64})))
    assert not verdict.same_content
    assert not verdict.holds
    assert verdict.differences == ()
    with pytest.raises(ResultError) as caught:
        verify(catalogue, read_result(json.dumps(data | {"method": "none"})))
    assert str(caught.value) == f"method: 'none' is not one of: {', '.join(METHODS)}."
    unknown = data | {"answers": {"s9": "agree"}}
    with pytest.raises(ResultError) as caught:
        verify(catalogue, read_result(json.dumps(unknown)))
    assert str(caught.value) == "answers.s9: There is no such statement."
    with pytest.raises(ResultError) as caught:
        verify(catalogue, read_result(json.dumps(unknown | {"content_hash": "f" * 64})))
    assert str(caught.value) == (
        "answers.s9: There is no such statement. The file was made with other content: its hash is "
        f"{'f' * 16}…, here it is {'0' * 16}…. Name that content with --content."
    )
