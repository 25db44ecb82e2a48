"""Opening files of answers by their extension."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

from quiz.batch.answer_file import AnswerFile
from quiz.batch.problems import BatchError
from quiz.batch.read_csv import CsvFile
from quiz.batch.read_parquet import ParquetFile
from quiz.translations.commands import tr


def open_answers(path: Path, rows: int, *, header_rows: int = 1) -> AnswerFile:
    """Open a file by its extension.

    ``header_rows``: in CSV, the number of rows above the answers; the first names the columns.
    Raises ``BatchError`` where it cannot be opened.
    """
    try:
        if not S_ISREG(path.stat().st_mode):
            raise BatchError(tr("%(file)s cannot be read: it is not a regular file.", file=path))
        path.open("rb").close()
    except FileNotFoundError:
        raise BatchError(tr("%(file)s: there is no such file.", file=path)) from None
    except OSError as error:
        raise BatchError(
            tr("%(path)s cannot be read: %(reason)s.", path=path, reason=error.strerror)
        ) from None
    if path.suffix.lower() == ".csv":
        return CsvFile(path, rows, header_rows=header_rows)
    if path.suffix.lower() == ".parquet":
        if header_rows > 1:
            raise BatchError(
                tr(
                    "%(file)s: --header-rows is for CSV; Parquet has no rows above the answers.",
                    file=path,
                )
            )
        return ParquetFile(path, rows)
    raise BatchError(tr("%(file)s: the name must end in .csv or .parquet.", file=path))
