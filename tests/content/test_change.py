"""Every change that voters could see is reported, and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.content import Catalogue, load
from quiz.content.diff import differences

CHANGES = [
    ("statements", "id: small", "id: smaller", "quiz: id: “small” → “smaller”"),
    ("statements", "prior: 10", "prior: 3", "quiz: matching: “method city-block, prior 10,"),
    ("statements", "De Redactie", "De Krant", "quiz: publisher: “name De Redactie,"),
    ("statements", "Stelling erbij.", "Stelling weg.", "quiz: the changelog changed"),
    ("statements", "nl: Stroom", "nl: Stroomnet", "theme power: name (nl): “Stroom” → “Stroomnet”"),
    ("statements", "id: state-software", "id: state-code", "statement state-software: taken out"),
    ("statements", "    status: draft\n", "", "statement national-cloud: now published"),
    ("statements", "theme: power", "theme: autonomy", "statement ban-datacenters: theme: “power” →"),
    ("party_answers", "title: Vooruit", "title: Verder", "source alfa-2025: title: “Vooruit” → “Verder”"),
    ("party_answers", "edition: draft", "edition: final", "source beta-2025: edition"),
    ("party_answers", "page: 12", "page: 13", "quote “De overheid is in 2030 volledig van Microsoft af.”: alfa-2025, page 12 → alfa-2025, page 13"),
    ("party_answers", "explicit: false", "explicit: true", "alfa on ban-datacenters: now says it outright"),
    ("party_answers", "        position: neutral", "        status: draft\n        position: neutral", "alfa on ban-datacenters: now a draft"),
    ("party_answers", "Volledig en met", "Geheel en met", "explanation (nl): “Volledig en met een jaartal.” → “Geheel"),
    ("party_answers", "name: Gamma", "name: Delta", "party gamma: name: “Gamma” → “Delta”"),
    ("party_answers", "searched: [alfa-2025]", "searched: [alfa-2025, beta-2025]", "“alfa-2025” → “alfa-2025, beta-2025”"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), CHANGES)
def test_a_change_is_told_as_what_it_is(
    content_folder: Path, tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    fresh = tmp_path / "fresh"
    shutil.copytree(content_folder, fresh)
    for folder in (content_folder, fresh):
        if old == "id: state-software":  # a party's position would otherwise hang in the air
            path = folder / "party_answers.yaml"
            path.write_text(path.read_text().replace("state-software", "national-cloud"))
    path = fresh / f"{file}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    before, after = load(content_folder, drafts=True), load(fresh, drafts=True)
    assert before.content_hash != after.content_hash
    changes = [f"{change.about}: {change.what}" for change in differences(before, after)]
    assert any(says in line for line in changes), changes
    assert differences(after, after) == []


@pytest.mark.parametrize("what", ["themes", "statements", "sources", "parties"])
def test_another_order_is_told(catalogue: Catalogue, what: str) -> None:
    entries = getattr(catalogue, what)
    turned: object = tuple(reversed(entries))
    if what == "sources":
        turned = dict(reversed(entries.items()))
    changes = differences(catalogue, replace(catalogue, **{what: turned}))
    assert [(change.about, change.what) for change in changes] == [(what, "stand in another order")]


def test_a_long_text_is_cut_to_where_it_differs(content_folder: Path, tmp_path: Path) -> None:
    long = "Veel computers draaien op Microsoft. " * 5
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("Veel computers draaien op Microsoft.", long + "Nu."))
    fresh = tmp_path / "fresh"
    shutil.copytree(content_folder, fresh)
    (fresh / "statements.yaml").write_text(path.read_text().replace("Nu.", "Straks."))
    (change,) = differences(load(content_folder), load(fresh))
    assert change.what.endswith("op Microsoft. Nu.” → “…rs draaien op Microsoft. Straks.”")
