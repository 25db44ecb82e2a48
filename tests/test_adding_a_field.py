"""A statement's field is described in the schema and the catalogue: add two, and they are everywhere,
from the YAML to the open data and the API's description.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

PROGRAM = """
import csv, io, json, sys
from pathlib import Path
from click.testing import CliRunner
from quiz.cli import main
from quiz.content import load
from quiz.content.canonical import canonical, from_canonical
from quiz.content.diff import differences
from quiz.web.app import create_app
from quiz.web.settings import Settings

folder = Path(sys.argv[1])
path, tables = folder / "statements.yaml", folder / "tables"
before, plain = load(folder), path.read_bytes()
text = plain.decode().replace("    theme: autonomy\\n", '''    theme: autonomy
    hint: {nl: Denk aan mail., en: Think of mail.}
    place: Utrecht
''', 1)
path.write_text(text)
after = load(folder)
client = create_app(Settings(content=folder)).test_client()
open_row = next(csv.DictReader(io.StringIO(client.get("/data/statements.csv").text)))
package = client.get("/data/datapackage.json").json["resources"]
fields = next(table for table in package if table["name"] == "statements")["schema"]["fields"]
described = client.get("/api/v1/openapi.json").json["components"]["schemas"]["StatementData"]
export = CliRunner().invoke(main, ["export", str(tables), "--content", str(folder)]).exit_code
with (tables / "statements.csv").open(encoding="utf-8-sig", newline="") as file:
    row = next(csv.DictReader(file))
path.write_bytes(plain)
taken = CliRunner().invoke(main, ["import", str(tables), "--content", str(folder)])
CliRunner().invoke(main, ["schema", "--out", str(folder / "schemas")])
schema = json.loads((folder / "schemas/statements.schema.json").read_text())
first = after.statements[0]
print(json.dumps({
    "catalogue": [dict(first.hint or {}), first.place],
    "hash": after.content_hash != before.content_hash,
    "stored": from_canonical(canonical(after)).statements[0] == first,
    "schema": [name for name in ("hint", "place")
               if name in schema["$defs"]["StatementModel"]["properties"]],
    "diff": [change.what.split(":")[0] for change in differences(before, after)],
    "data": {key: client.get("/api/v1/quiz").json["statements"][0][key] for key in ("hint", "place")},
    "table": [open_row["hint_nl"], open_row["hint_en"], open_row["place"]],
    "package": [field["description"] for field in fields if field["name"][:4] in {"hint", "plac"}],
    "openapi": [name for name in ("hint", "place") if name in described["properties"]],
    "export": [export, row["hint:nl"], row["hint:en"], row["place"]],
    "import": [taken.exit_code, load(folder).statements == after.statements],
}))
"""


def test_a_statements_field_is_added_in_two_places(content_folder: Path, tmp_path: Path) -> None:
    """In a copy of the program: a line in the schema, and one in the catalogue."""
    for name in ("quiz", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, line, more in (
        (
            "schema.py",
            '    argument_for: Text | None = Field(default=None, description="One argument for.")\n',
            """\
    hint: Text | None = Field(default=None, description="A hint.")
    place: Name | None = Field(default=None, description="Where.")
""",
        ),
        (
            "catalogue.py",
            "    argument_for: Text | None = None\n",
            "    hint: Text | None = None\n    place: str | None = None\n",
        ),
    ):
        path = tmp_path / "quiz/content" / name
        before = path.read_text(encoding="utf-8")
        assert before.count(line) == 1
        path.write_text(before.replace(line, line + more), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(content_folder)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    hint = {"nl": "Denk aan mail.", "en": "Think of mail."}
    assert json.loads(done.stdout) == {
        "catalogue": [hint, "Utrecht"],
        "hash": True,
        "stored": True,
        "schema": ["hint", "place"],
        "diff": ["hint (en)", "hint (nl)", "place"],
        "data": {"hint": hint, "place": "Utrecht"},
        "table": ["Denk aan mail.", "Think of mail.", "Utrecht"],
        "package": ["A hint (nl).", "A hint (en).", "Where."],
        "openapi": ["hint", "place"],
        "export": [0, "Denk aan mail.", "Think of mail.", "Utrecht"],
        "import": [0, True],
    }
