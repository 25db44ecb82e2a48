"""A workbook is a zip of XML: its size is checked before it is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from quiz.content.limits import SLOW_BYTES, UNPACKED_BYTES, UNPACKED_PARTS
from quiz.sheets.table import SheetError
from quiz.translations.commands import tr

SLOW: Final = ("styles.xml", "workbook.xml", ".rels", "[Content_Types].xml")
OLE: Final = b"\xd0\xcf\x11\xe0"


@contextmanager
def measured(path: Path, kind: str) -> Iterator[zipfile.ZipFile]:
    """Open a workbook's zip.

    Raises ``SheetError`` where it is not a zip, or would unpack to too much.
    """
    with path.open("rb") as file:
        if file.read(4) == OLE:
            raise SheetError(
                str(path),
                tr("This is an old or a locked workbook. Save it as XLSX without password."),
            )
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise SheetError(str(path), tr("This is not an %(kind)s file.", kind=kind)) from None
    with archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > UNPACKED_PARTS or unpacked > UNPACKED_BYTES:
            raise SheetError(
                str(path),
                tr(
                    "Unpacked, the file is larger than %(size)s MB.",
                    size=UNPACKED_BYTES // 1_000_000,
                ),
            )
        if any(part.filename.endswith(SLOW) and part.file_size > SLOW_BYTES for part in parts):
            raise SheetError(
                str(path),
                tr("The workbook holds too much beside its cells. Save the sheets as ‘CSV UTF-8’."),
            )
        yield archive
