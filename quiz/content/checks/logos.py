"""Parties' logos and the brand's pictures: of a type and size that browsers show, and without
scripts.
"""

from __future__ import annotations

import re
from pathlib import Path as FilePath
from typing import Final

from quiz.content.checks.references import entries
from quiz.content.limits import LOGO_BYTES
from quiz.content.values import IMAGE
from quiz.content.yaml.marked import Document
from quiz.translations.commands import tr

STARTS: Final = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
    ".svg": (b"<svg", b"<?xml", b"<!--", b"\xef\xbb\xbf<"),
}
"""The first bytes of each type of file."""

RUNS: Final = re.compile(
    rb"<\s*(?:\w+:)?(?:script|foreignobject|iframe)\b|\son\w+\s*=|<!entity|javascript:|@import"
    rb"|href\s*=\s*[\"\'](?!#|data:image/(?:png|jpeg|webp);)|url\(\s*[\"\']?(?!#)",
    re.IGNORECASE,
)
"""The parts of an SVG that run, or load something from elsewhere."""


def check_logos(answers: Document, directory: FilePath) -> None:
    """Refuse a logo that is missing, too large, of another type than its name says, or active."""
    for path, party in entries(answers, "parties"):
        name = party.get("logo")
        if not isinstance(name, str) or not re.fullmatch(IMAGE, name):
            continue  # told by its form
        fault = picture_fault(directory / name, directory, LOGO_BYTES)
        if fault:
            answers.say((*path, "logo"), *fault)


def picture_fault(file: FilePath, directory: FilePath, most: int) -> tuple[str, str] | None:
    """Return what is wrong with a picture, which may have so many bytes, and the remedy; else
    None.
    """
    looked = tr("It is looked for at %(file)s.", file=file)
    try:
        if not file.resolve().is_relative_to(directory.resolve()):
            return tr("This picture lies outside the content folder."), tr(
                "Put the file itself there."
            )
        if not file.is_file():
            return tr("This picture is not there."), looked
        with file.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        return tr("This picture cannot be read: %(strerror)s.", strerror=error.strerror), looked
    return _judge(raw, file.suffix, most)


def _judge(raw: bytes, kind: str, most: int) -> tuple[str, str] | None:
    if len(raw) > most:
        return tr("This picture is larger than %(value)s kB.", value=most // 1000), tr(
            "Save it smaller, or as SVG."
        )
    if not raw.lstrip().startswith(STARTS[kind]):
        return (
            tr("This is no %(value)s file.", value=kind[1:].upper()),
            tr("Save the picture again in the kind its name says."),
        )
    if kind == ".svg" and (script := RUNS.search(raw)):
        what = script[0].decode("utf-8", "replace").strip()
        return (
            tr("This SVG runs or fetches something: %(what)s.", what=repr(what)),
            tr("Save it as ‘plain SVG’, or as PNG."),
        )
    return None
