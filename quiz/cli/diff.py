"""``quiz diff``: what changed between two editions, and what that does to the audit's figures."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from quiz.audit import Audit, audit
from quiz.cli.options import load_or_exit
from quiz.content.diff import differences
from quiz.translations.commands import tr

VOTERS: Final = 20_000
FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("diff")
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Write the changes as JSON.")
def command(old: Path, new: Path, *, as_json: bool) -> None:
    """Say in words what changed from the content folder OLD to NEW, and what that does to voters."""
    before, after = load_or_exit(old), load_or_exit(new)
    differing = differences(before, after)
    moved = _figures(audit(before, voters=VOTERS), audit(after, voters=VOTERS)) if differing else []
    if as_json:
        changes = [asdict(change) for change in differing]
        figures = [{"figure": name, "old": was, "new": now} for name, was, now in moved]
        click.echo(
            json.dumps(
                {
                    "old": before.content_hash,
                    "new": after.content_hash,
                    "changes": changes,
                    "figures": figures,
                },
                ensure_ascii=False,
            )
        )
        return
    click.echo(f"{before.content_hash[:16]} → {after.content_hash[:16]}")
    if not differing:
        click.echo(tr("Nothing that is served has changed."))
    for change in differing:
        click.echo(f"{change.about}: {change.what}")
    if moved:
        click.echo("\n" + tr("What that does to the figures of the audit:"))
    for name, was, now in moved:
        click.echo(f"{name}: {was} → {now}")


def _figures(old: Audit, new: Audit) -> list[tuple[str, str, str]]:
    """Return the figures that differ, as texts."""
    was, now = _told(old), _told(new)
    return [
        (name, was.get(name, "–"), now.get(name, "–"))
        for name in dict.fromkeys([*was, *now])
        if was.get(name) != now.get(name)
    ]


def _told(audited: Audit) -> dict[str, str]:
    figures = {
        tr("positions"): str(audited.balance.positions),
        tr("statements with both sides"): str(len(audited.balance.both_sides)),
        tr("statements of one party alone"): str(len(audited.balance.alone)),
        tr("pairs of parties with five or more statements"): str(audited.balance.comparable),
        tr("share of agree"): f"{audited.balance.agree_share:.0%}",
        tr("ties for first"): f"{audited.random.ties:.1%}",
        tr("balance holds"): tr("yes") if audited.random.fair else tr("no"),
    }
    for party, share in zip(audited.balance.parties, audited.random.shares, strict=True):
        figures[tr("positions of %(party)s", party=party.id)] = str(party.known)
        places = tr("first places of %(party)s, in equal shares", party=share.id)
        figures[places] = f"{share.multiple:.1f}"
    return figures
