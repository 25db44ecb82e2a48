"""``quiz preview``: the quiz with its drafts, for the one who edits it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from quiz.cli.options import content_option
from quiz.cli.serve import check_port, run, settings_or_exit, start_or_exit


@click.command("preview")
@content_option
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
def command(content: Path, port: int) -> None:
    """Serve the quiz with drafts on this machine only, and say what is missing."""
    live = start_or_exit(content, drafts=True)
    check_port("127.0.0.1", port)
    os.environ |= {
        "QUIZ_CONTENT": str(content.absolute()), "QUIZ_WATCH": "yes", "QUIZ_PREVIEW": "yes",
    }  # fmt: skip
    live.watch()
    settings_or_exit()
    ready = f"The preview is at http://127.0.0.1:{port}/preview  (stop with Ctrl-C)"
    run("127.0.0.1", port, 1, ready)
