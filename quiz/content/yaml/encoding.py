"""From bytes to text: for a file that is not UTF-8, report what it seems to be."""

from __future__ import annotations

import re
from typing import Final

from quiz.content.yaml.marked import Document
from quiz.translations.commands import later, tr

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""No text needs these, and editors disagree on which of them end a line."""

WORD_PROCESSORS: Final = {
    b"PK\x03\x04": later("a word processor's or a spreadsheet's file, or a ZIP"),
    b"{\\rtf": later("a word processor's file (RTF)"),
    b"%PDF": later("a PDF"),
    b"\xd0\xcf\x11\xe0": later("a word processor's or a spreadsheet's file"),
}
MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
AS_TEXT: Final = later("Save it as plain text in UTF-8, with a text editor.")
AS_UTF8: Final = later("Save it again with the encoding UTF-8.")


def decode(document: Document, raw: bytes) -> str | None:
    """Return a file's text, or report what it is instead."""
    kind = next((kind for mark, kind in WORD_PROCESSORS.items() if raw.startswith(mark)), None)
    if kind:
        document.at((1, 1), tr("This is %(kind)s, not a text.", kind=tr(kind)), tr(AS_TEXT))
        return None
    if raw.startswith(MARKS) or _every_other_byte_is_nought(raw):
        document.at((1, 1), tr("The file is saved as UTF-16, not as UTF-8."), tr(AS_UTF8))
        return None
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        _note_byte(document, raw, error.start)
        return None
    if control := CONTROL.search(text):
        document.lines = text.split("\n")
        column = control.start() - text.rfind("\n", 0, control.start())
        document.at(
            (text.count("\n", 0, control.start()) + 1, column),
            tr(
                "The control character U+%(value)s is not allowed.",
                value=format(ord(control[0]), "04X"),
            ),
            tr("Take it out."),
        )
        return None
    return text


def _every_other_byte_is_nought(raw: bytes) -> bool:
    start = raw[:64]
    return len(start) > 3 and any(not any(start[first::2]) for first in (0, 1))


def _note_byte(document: Document, raw: bytes, at: int) -> None:
    """Report the first byte that is not UTF-8, with the letter that it is in Windows-1252."""
    before = raw[:at]
    document.lines = raw.decode("cp1252", "replace").splitlines()
    letter = raw[at : at + 1].decode("cp1252", "replace")
    windows = tr(
        "It seems to be saved as Windows-1252, where this is ‘%(letter)s’. ", letter=letter
    )
    document.at(
        (before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8")) + 1),
        tr("The file is not UTF-8 text: byte 0x%(value)s.", value=format(raw[at], "02X")),
        (windows if letter.isprintable() and letter != "\ufffd" else "") + tr(AS_UTF8),
    )
