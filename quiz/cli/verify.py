"""``quiz verify``: recompute a saved result."""

from __future__ import annotations

from pathlib import Path

import click

from quiz.cli.options import content_option, fail, load_or_exit
from quiz.content.limits import RESULT_BYTES
from quiz.matching.saved_result import ResultError, read_result, verify
from quiz.translations.commands import tr


@click.command("verify")
@click.argument("result", type=click.Path(path_type=Path))
@content_option
def command(result: Path, content: Path) -> None:
    """Recompute a saved result and say whether it holds.

    RESULT is the file that the result page offers. Ends with 0 where it holds, 1 where it does
    not, 2 where it cannot be checked.
    """
    catalogue = load_or_exit(content, status=2)
    try:
        saved = read_result(_read(result))
        verdict = verify(catalogue, saved)
    except ResultError as error:
        fail("\n".join(f"{result}: {_shown(line)}" for line in str(error).split("\n")))
    if verdict.holds:
        click.echo(
            tr(
                "%(file)s: holds. Answers: %(answers)s, parties: %(parties)s, method: %(method)s, content: "
                "%(hash)s",
                file=result,
                answers=len(saved.answers),
                parties=len(saved.parties),
                method=saved.method,
                hash=f"{verdict.content_hash[:16]}…",
            )
        )
        return
    if not verdict.same_content:
        click.echo(
            tr(
                "%(file)s: made with other content: its hash is %(then)s, here it is %(now)s. Name that "
                "content with --content.",
                file=result,
                then=_shown(saved.content_hash),
                now=verdict.content_hash,
            )
        )
        if not verdict.differences:
            click.echo(tr("With this content the numbers come out the same."))
    for line in verdict.differences:
        click.echo(f"{result}: {_shown(line)}")
    fail(tr("%(file)s: does not hold for this content.", file=result), 1)


def _shown(text: str) -> str:
    """Return a file's text as one line without control characters."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > RESULT_BYTES:
            raise ResultError(tr("The file is too large for a saved result."))
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResultError(
            tr("The file cannot be read: %(reason)s.", reason=error.strerror)
        ) from None
    except UnicodeDecodeError:
        raise ResultError(tr("The file is not UTF-8.")) from None
