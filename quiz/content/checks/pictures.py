"""Pictures that an operator puts beside the content: what they are, how large, and that none runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

STARTS: Final = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".webp": b"RIFF"}
RUNS: Final = frozenset({"script", "foreignObject", "iframe", "embed", "object", "handler"})


def picture_fault(path: Path, kilobytes: int) -> tuple[str, str] | None:
    """Return what is wrong with a picture, and the remedy; None where it can be shown."""
    try:
        with path.open("rb") as file:
            body = file.read(kilobytes * 1024 + 1)
    except OSError:
        return "The file is not there.", "The path starts at the folder of the two YAML files."
    if len(body) > kilobytes * 1024:
        return f"The picture is larger than {kilobytes} kB.", "Save it smaller."
    if path.suffix == ".svg":
        return _svg_fault(body)
    if not body.startswith(STARTS[path.suffix]):
        return f"This is no {path.suffix[1:]} picture.", "Save it as what its name says."
    return None


def _svg_fault(body: bytes) -> tuple[str, str] | None:
    plain = "Save it as “plain SVG”, without links or scripts."
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return "The SVG declares a document type.", plain
    try:
        root = ET.fromstring(body)  # noqa: S314  # without entities nothing can grow
    except ET.ParseError as error:
        return f"This is no SVG: {error}.", plain
    if _local(root.tag) != "svg":
        return "This is no SVG: it does not start with <svg>.", plain
    active = next(filter(None, map(_active, root.iter())), None)
    return (f"The SVG runs or fetches something: {active}.", plain) if active else None


def _active(element: ET.Element) -> str | None:
    """Return what of an element runs or fetches something."""
    if _local(element.tag) in RUNS or _fetches(element.text or ""):
        return f"<{_local(element.tag)}>"
    for name, value in element.attrib.items():
        away = _local(name) == "href" and not value.startswith(("#", "data:image/"))
        if away or _local(name).lower().startswith("on") or _fetches(value):
            return f"{_local(name)}=…"
    return None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _fetches(text: str) -> bool:
    return "@import" in text or re.search(r"url\(\s*['\"]?(?!#)", text) is not None
