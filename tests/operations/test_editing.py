"""Starting a quiz, previewing drafts, and listing changes, as an editor would."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz.cli import main
from quiz.content import check, load
from quiz.web.app import create_app
from quiz.web.settings import Settings

ENGLISH = {"Accept-Language": "en"}


def run(*arguments: object, stdin: str = "") -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_new_quiz_asks_and_passes_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    result = run("new", folder, stdin="Onze quiz: “vrij”\nnl, en\nAlfa, Bèta & Co\n")
    assert result.exit_code == 0
    checked = check(folder)
    assert checked.errors == ()
    assert [party.name for party in load(folder).parties] == ["Alfa", "Bèta & Co"]
    assert (folder / "schemas/statements.schema.json").exists()
    for name in ("statements.yaml", "party_answers.yaml"):
        assert (folder / name).read_text().startswith("# yaml-language-server: $schema=schemas/")
    assert create_app(Settings(content=folder)).test_client().get("/nl/quiz").status_code == 200


def test_a_wrong_answer_is_told_and_asked_for_again(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    answers = [
        "",
        "Onze quiz",
        "nl, dutch!",
        "Nederlands, EN",
        ",",
        "A b, a-b",
        "Alfa, Αλφα",
    ]
    result = run("new", folder, stdin="\n".join(answers) + "\n")
    assert result.exit_code == 0
    for says in (
        "dutch! is no language tag",
        "at least one party",
        "same name",
        "Αλφα has the id party-2",
    ):
        assert says in result.output
    assert load(folder).quiz.languages == ("nl", "en")


def test_names_that_yaml_takes_for_something_else_are_quoted(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    parties = "no, 123, null, Ja: nee # 1, 'x', 50PLUS, \"y\""
    assert run("new", folder, "--title", "no", "--languages", "no, nn", "--parties", parties)
    assert check(folder).errors == ()
    assert [party.id for party in load(folder).parties] == [
        "no", "123", "null", "ja-nee-1", "x", "50plus", "y",
    ]  # fmt: skip


def test_the_starter_speaks_the_quizs_languages_and_warns_of_its_own_words(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    run("new", folder, "--title", "x", "--languages", "nl, fr, fy", "--parties", "a")
    text = load(folder).statements[0].text
    assert text["nl"].startswith("Schrijf hier")
    assert text["fr"].startswith("Écris ici")
    assert text["fy"].startswith("Write a proposal")
    comments = (folder / "statements.yaml").read_text() + (
        folder / "party_answers.yaml"
    ).read_text()
    assert "# Elk één concreet voorstel, hooguit 20 woorden" in comments
    assert "# agree (eens), neutral (neutraal) of disagree (oneens)" in comments
    checked = check(folder)
    own = [warning.path for warning in checked.warnings if "words of ‘quiz new’" in warning.message]
    assert len(own) == 6
    assert "statements[first-statement].text.nl" in own
    result = run("check", "--content", folder, "--sources", folder / "texts")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("title", "languages", "parties", "says"),
    [
        ("x", "dutch!", "a", "no language tag"),
        ("x", "nl,nl", "a", "twice"),
        ("x", "nl", ",", "at least one party"),
        ("x", "nl", "A b,a-b", "same name"),
        (" ", "nl", "a", "needs a title"),
    ],
)
def test_a_new_quiz_refuses_what_cannot_be(
    tmp_path: Path, title: str, languages: str, parties: str, says: str
) -> None:
    folder = tmp_path / "new"
    result = run("new", folder, "--title", title, "--languages", languages, "--parties", parties)
    assert result.exit_code == 2
    assert says in result.output
    assert not folder.exists()


def test_a_full_folder_is_left_alone(content_folder: Path) -> None:
    result = run("new", content_folder, "--title", "x", "--languages", "nl", "--parties", "a")
    assert (result.exit_code, "not an empty folder" in result.output) == (2, True)


def test_drafts_are_served_in_the_preview_only(content_folder: Path) -> None:
    public = create_app(Settings(content=content_folder)).test_client()
    assert public.get("/nl/statements/national-cloud").status_code == 404
    assert public.get("/preview", follow_redirects=True).status_code == 404
    assert "national-cloud" not in public.get("/data/quiz.json").get_data(as_text=True)
    preview = create_app(Settings(content=content_folder, preview=True)).test_client()
    assert preview.get("/nl/statements/national-cloud").status_code == 200
    page = preview.get("/preview").get_data(as_text=True)
    line = 1 + content_folder.joinpath("statements.yaml").read_text().split("id: national-cloud")[
        0
    ].count("\n")
    assert f"statements.yaml:{line}" in page
    assert "vscode://file" in page


def test_an_error_shows_on_every_page_of_the_preview(content_folder: Path) -> None:
    app = create_app(Settings(content=content_folder, preview=True))
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("theme: power", "theme: pwer"))
    assert app.extensions["live"].look()
    for address, message in (
        ("/nl/", "Er is geen thema &#39;pwer&#39;."),
        ("/en/quiz", "There is no theme &#39;pwer&#39;."),
        ("/nl/statements/leave-microsoft", "Bedoel je &#39;power&#39;?"),
    ):
        page = app.test_client().get(address).get_data(as_text=True)
        assert message in page
        assert "statements.yaml:" in page


def test_diff_says_what_changed_and_what_it_does(content_folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(content_folder, new)
    path = new / "party_answers.yaml"
    path.write_text(path.read_text().replace("position: neutral", "position: disagree"))
    path = new / "statements.yaml"
    path.write_text(path.read_text().replace("Government must leave Microsoft.", "Leave it."))
    result = run("diff", content_folder, new)
    assert result.exit_code == 0
    assert "alfa on ban-datacenters: neutral → disagree" in result.output
    assert "text (en): “Government must leave Microsoft.” → “Leave it.”" in result.output
    assert "figures of the audit" in result.output
    assert "first places of alfa, in equal shares: " in result.output
    data = json.loads(run("diff", content_folder, new, "--json").output)
    assert len(data["changes"]) == 2
    assert "Nothing that is served has changed." in run("diff", new, new).output


def test_the_preview_leads_from_each_mark_to_its_line(content_folder: Path) -> None:
    page = create_app(Settings(content=content_folder, preview=True)).test_client().get("/preview")
    text = page.get_data(as_text=True)
    lines = (content_folder / "party_answers.yaml").read_text().splitlines()
    for statement in ("ban-datacenters", "national-cloud", "state-software"):
        line = lines.index(f"      {statement}:") + 1
        assert f'/party_answers.yaml:{line}"' in text
    shown = text.partition('<svg class="defs"')[2].partition("</svg>")[2]
    assert shown.count('<use href="#same" />') == 2
    assert shown.count('<use href="#opposite" />') == 2


def test_the_preview_does_not_call_nothing_what_an_error_hides(content_folder: Path) -> None:
    app = create_app(Settings(content=content_folder, preview=True))
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("theme: power", "theme: pwer"))
    page = app.test_client().get("/preview", headers=ENGLISH).get_data(as_text=True)
    assert page.count("Known once the errors above are mended.") == 3
    path.write_text(
        path.read_text().replace("theme: pwer", "theme: power").replace(", en: Power}", "}")
    )
    page = app.test_client().get("/preview", headers=ENGLISH).get_data(as_text=True)
    assert "Known once" not in page
    assert "Missing translations <span" in page
    assert "This text is missing in &#39;en&#39;." in page


def test_the_guide_works_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the guide, in its order, in an empty folder; servers have their own
    tests.
    """
    guide = (Path(__file__).parents[2] / "docs/operators.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUIZ_CONTENT", raising=False)
    done = []
    for kind, text in blocks:
        if kind == "sh":
            continue  # what installs Python and us
        place = re.match(r"# (\S+), below (\w+:)\n", text)
        if place:
            path = Path("my-quiz", place[1])
            below = f"\n{place[2]}\n"
            before = path.read_text(encoding="utf-8")
            assert before.count(below) == 1
            path.write_text(before.replace(below, below + text[place.end() :]), encoding="utf-8")
            continue
        if kind == "yaml":
            path = Path("my-quiz/party_answers.yaml")
            starter = path.read_text(encoding="utf-8")
            assert starter.count("    searched: []\n    answers: {}\n") == 2
            path.write_text(starter.replace("    searched: []\n    answers: {}\n", text, 1))
            Path("my-quiz/texts/first-source.txt").write_text(
                "We are for cables.\nEvery street gets fibre by 2030.\n"
            )
            continue
        for line in text.splitlines():
            program, *words = shlex.split(line)
            done.append(words[0])
            if program == "cp":
                shutil.copytree(*words[1:])
            elif words[0] in {"preview", "serve"}:
                assert check(Path("my-quiz")).errors == ()
            else:
                assert program == "quiz"
                result = run(*words, stdin="Onze stad\nnl, en\nVolt, Groen-Lokaal\n")
                assert result.exit_code == 0, (line, result.output)
                if "--sources" in words:
                    assert "Found in their sources: 1 quote " in result.output
    assert {"new", "preview", "check", "audit", "serve", "export", "import", "diff"} <= set(done)
    catalogue = load(Path("my-quiz"))
    assert (len(catalogue.themes), len(catalogue.statements), len(catalogue.sources)) == (2, 2, 2)
    assert catalogue.position_count == 2
    assert catalogue.parties[0].positions["second-statement"].explicit
