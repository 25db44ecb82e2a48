"""Opening files of answers by their extension."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

from quiz.batch.answer_file import AnswerFile
from quiz.batch.problems import BatchError
from quiz.batch.read_csv import CsvFile
from quiz.batch.read_parquet import ParquetFile


def open_answers(path: Path, rows: int, *, header_rows: int = 1) -> AnswerFile:
    """Open a file by its extension.

    ``header_rows``: in CSV, the number of rows above the answers; the first names the columns.
    Raises ``BatchError`` where it cannot be opened.
    """
    try:
        if not S_ISREG(path.stat().st_mode):
            raise BatchError(f"{path}: cannot be read: it is not a regular file.")
        path.open("rb").close()
    except FileNotFoundError:
        raise BatchError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise BatchError(f"{path}: cannot be read: {error.strerror}.") from None
    if path.suffix.lower() == ".csv":
        return CsvFile(path, rows, header_rows=header_rows)
    if path.suffix.lower() == ".parquet":
        return ParquetFile(path, rows)
    raise BatchError(f"{path}: the name must end in .csv or .parquet.")
