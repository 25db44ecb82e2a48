"""``quiz preview``: the quiz with its drafts, for its editor."""

from __future__ import annotations

import os
from pathlib import Path

import click

from quiz.cli.options import content_option, refuse, show_errors
from quiz.cli.serve import check_port, run, settings_or_exit, start_or_exit
from quiz.content import STATEMENTS, ContentError, load
from quiz.translations.commands import tr
from quiz.web.mending import serve_until_mended

HOST = "127.0.0.1"


@click.command("preview")
@content_option
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
def command(content: Path, port: int) -> None:
    """Serve the quiz with drafts on this machine only, and say what is missing."""
    check_port(HOST, port)
    _wait_until_mended(content, port)
    live = start_or_exit(content, drafts=True)
    os.environ |= {
        "QUIZ_CONTENT": str(content.absolute()), "QUIZ_WATCH": "yes", "QUIZ_PREVIEW": "yes",
    }  # fmt: skip
    live.watch()
    settings_or_exit()
    address = f"http://{HOST}:{port}/preview"
    run(HOST, port, 1, tr("The preview is at %(address)s  (stop with Ctrl-C)", address=address))


def _wait_until_mended(content: Path, port: int) -> None:
    """While the content has errors, show them at the preview's address."""
    try:
        load(content, drafts=True)
    except ContentError as error:
        if not (content / STATEMENTS).exists():
            refuse(error.problems)
        show_errors(error.problems)
        address = f"http://{HOST}:{port}/"
        click.echo(tr("%(address)s shows these errors until they are mended.", address=address))
        serve_until_mended(content, HOST, port)
