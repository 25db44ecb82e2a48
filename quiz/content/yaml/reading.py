"""From bytes to a marked document, with its faults and whatever could be read."""

from __future__ import annotations

import yaml

from quiz.content.limits import YAML_BYTES
from quiz.content.yaml import events
from quiz.content.yaml.encoding import decode
from quiz.content.yaml.events import Reader, StopError
from quiz.content.yaml.marked import Document
from quiz.content.yaml.recovery import recover
from quiz.content.yaml.syntax_faults import explain
from quiz.translations.commands import tr


def read(file: str, raw: bytes) -> Document:
    """Read one file.

    Its faults are reported in the document, which keeps whatever could be read.
    """
    document = Document(file)
    if len(raw) > YAML_BYTES:
        document.without_place(
            tr("The file is larger than %(value)s MB.", value=YAML_BYTES // 1_000_000),
            tr("Take out what does not belong here, or split the quiz in two."),
        )
        return document
    text = decode(document, raw)
    if text is None:
        return document
    document.lines = text.splitlines()
    try:
        Reader(document).read(text)
    except StopError:
        document.data = None
    except yaml.MarkedYAMLError as error:
        _recover(document, text, error)
    except yaml.YAMLError as error:
        document.without_place(
            tr("This is not valid YAML: %(value)s.", value=" ".join(str(error).split()))
        )
        document.data = None
    return document


def _recover(document: Document, text: str, error: yaml.MarkedYAMLError) -> None:
    """Report the errors of all entries, and keep the entries without one."""
    noted = list(document.problems)
    faults, rest = recover("\n".join(document.lines), events.Loader)
    document.clear(partial=True)
    try:
        Reader(document).read(rest)
    except (StopError, yaml.YAMLError):
        faults = []
    if not faults:
        document.clear(partial=True)
        document.problems += noted
        faults = [explain(error, document.lines)]
    for place, message, hint in faults:
        document.at(place, message, hint)
