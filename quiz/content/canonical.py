"""The catalogue as one text, its hash, and back.

The canonical form is JSON with sorted keys and without nulls. It holds everything that is served,
and does not depend on the style, comments or order of keys in the YAML. The file in which the quote
check finds a source's text is left out, since it is never served.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from hashlib import sha256

from pydantic import TypeAdapter

from quiz.content.catalogue import Catalogue


@cache
def _adapter() -> TypeAdapter[Catalogue]:
    return TypeAdapter(Catalogue)


def canonical(catalogue: Catalogue) -> str:
    """Return the canonical form. Its SHA-256 (as UTF-8) is the content hash."""
    data = _adapter().dump_python(
        catalogue,
        mode="json",
        exclude={"content_hash": True, "sources": {"__all__": {"file", "lines"}}},
        exclude_none=True,
    )
    data["sources"] = list(data["sources"].values())
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sealed(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with its content hash filled in."""
    return replace(catalogue, content_hash=digest(canonical(catalogue)))


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical form, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def from_canonical(text: str) -> Catalogue:
    """Return the catalogue that a canonical form stands for.

    Raises ``ValueError`` where the text is not one. Compare ``content_hash`` with the one that
    the text was stored under.
    """
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("sources"), list):
        raise ValueError("This is not a catalogue.")
    data["sources"] = {source["id"]: source for source in data["sources"]}
    data["content_hash"] = digest(text)
    return _adapter().validate_python(data)
