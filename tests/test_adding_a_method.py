"""A method is described in one place: add one there, and it is everywhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

METHOD = """    Method(
        "sixth",
        N_("Sixth way"),
        N_("Sixth way: twice neither is a quarter the same."),
        _table(agree=4, both_neutral=1, beside_neutral=0),
        "this test",
    ),
)
METHODS: Final"""
PROGRAM = """
import json, sys
from pathlib import Path
from click.testing import CliRunner
from quiz.audit import audit
from quiz.cli import main
from quiz.content import load
from quiz.matching import kernel_of
from quiz.matching.answers import Answers
from quiz.matching.explain import orders
from quiz.matching.result import result
from quiz.web.app import create_app
from quiz.web.settings import Settings

folder = Path(sys.argv[1])
catalogue = load(folder)
client = create_app(Settings(content=folder)).test_client()
page = client.get("/en/method").get_data(as_text=True)
cells = page[page.index('<th scope="row">Sixth way'):].split("</tr>")[0]
body = {"answers": {"ban-datacenters": "neutral"}}
schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
answers = Answers.from_words(catalogue, body["answers"])
out = folder / "out.csv"
(folder / "answers.csv").write_text("ban-datacenters\\nneutral\\n")
score = ["score", str(folder / "answers.csv"), "--content", str(folder), "--out", str(out)]
print(json.dumps({
    "page": cells,
    "own": "Sixth way: twice neither" in page,
    "api": client.post("/api/v1/match", json=body).json["method"],
    "asked": client.post("/api/v1/match", json=body | {"method": "city-block"}).json["method"],
    "agreement": client.post("/api/v1/match", json=body).json["parties"][0]["agreement"],
    "openapi": schemas["MatchRequest"]["properties"]["method"]["enum"],
    "schema": CliRunner().invoke(main, ["schema", "--out", str(folder / "schemas")]).exit_code,
    "schemas": "sixth" in (folder / "schemas/statements.schema.json").read_text(),
    "orders": [order.method.name for order in orders(
        catalogue, result(catalogue, kernel_of(catalogue), answers))],
    "audit": list(audit(catalogue, voters=50).change.methods),
    "score": CliRunner().invoke(main, [*score, "--method", "sixth"]).output,
}))
"""


def test_a_method_is_added_in_one_place(content_folder: Path, tmp_path: Path) -> None:
    """In a copy of the program, by editing the one file."""
    for name in ("quiz", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    methods = tmp_path / "quiz/content/methods.py"
    before = methods.read_text(encoding="utf-8")
    methods.write_text(before.replace(")\nMETHODS: Final", METHOD), encoding="utf-8")
    assert methods.read_text(encoding="utf-8") != before
    statements = content_folder / "statements.yaml"
    text = statements.read_text(encoding="utf-8")
    statements.write_text(text.replace("method: city-block", "method: sixth"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(content_folder)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert "(this quiz)" in report["page"]
    assert "¼" in report["page"]
    assert report["own"]
    assert (report["api"], report["asked"], report["agreement"]) == ("sixth", "city-block", 1 / 4)
    assert (report["openapi"][-1], report["schema"], report["schemas"]) == ("sixth", 0, True)
    assert report["orders"][0] == "sixth"
    assert sorted(report["audit"]) == sorted(
        ["city-block", "exact", "quadratic", "directional", "hybrid"]
    )
    assert "Rows scored: 1" in report["score"]
