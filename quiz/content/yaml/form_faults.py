"""From pydantic's errors to sentences with a place and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel, ValidationError

from quiz.content.problems import did_you_mean
from quiz.content.schema import COLOR, FORMS
from quiz.content.yaml import hints
from quiz.content.yaml.marked import Document, Path

KEYS: Final = frozenset({"dict_type", "model_type", "model_attributes_type"})
NUMBERS: Final = frozenset({"int_type", "int_parsing"})
YES: Final = frozenset({"yes", "y", "on", "ja", "true", "1", "waar"})
NO: Final = frozenset({"no", "n", "off", "nee", "false", "0", "onwaar"})
SILENCE: Final = frozenset({"none", "unknown", "silent", "null", "geen", "onbekend", "?", "-"})


def note(document: Document, root: type[BaseModel], error: ValidationError) -> None:
    """Write each of pydantic's errors into the document, one for one mistake."""
    faults = error.errors(include_url=False)
    renamed: set[Path] = set()
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            *above, last = fault["loc"]
            near = did_you_mean(str(last), _keys(root, tuple(above)))
            if near.startswith("Did"):
                renamed.add((*above, near.split("'")[1]))
    for fault in faults:
        if fault["type"] == "missing" and tuple(fault["loc"]) in renamed:
            continue
        if document.partial and (len(fault["loc"]) == 1 or fault["input"] is None):
            continue  # it may stand in an entry that could not be read
        path: Path = tuple(part for part in fault["loc"] if part != "[key]")
        message, hint = _words(fault, root, path)
        at_key = fault["type"] in {"extra_forbidden", "missing"} or "[key]" in fault["loc"]
        document.say(path, message, hint, at_key=at_key)


def _keys(root: type[BaseModel], path: Path) -> list[str]:
    """Name the keys that are known at a path."""
    kind: Any = root
    for part in path:
        kind = next(_below(kind, part), None)
    model = next(_models(kind), None)
    return list(model.model_fields) if model else []


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from _models(inner)


def _below(kind: Any, part: str | int) -> Iterator[Any]:
    """Yield the type of what lies under a key or index."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if part in kind.model_fields:
            yield kind.model_fields[str(part)].annotation
    elif get_origin(kind) in {list, dict}:
        yield get_args(kind)[-1]
    else:
        for inner in get_args(kind):
            yield from _below(inner, part)


def _words(fault: Any, root: type[BaseModel], path: Path) -> tuple[str, str]:
    context, given, kind = fault.get("ctx", {}), fault["input"], fault["type"]
    last = path[-1] if path else ""
    if given is None and kind in {"list_type", "dict_type"}:
        empty = "[]" if kind == "list_type" else "{}"
        return "Nothing stands here.", f"Write {empty} where there is none, or drop the key."
    match kind:
        case "missing":
            return f"The key {last!r} is missing.", f"Add ‘{last}: …’ here."
        case "extra_forbidden":
            hint = did_you_mean(str(last), _keys(root, path[:-1]))
            return f"The key {last!r} is not known here.", hint or "Take it out."
        case "string_type" | "text" | "unquoted":
            return _no_text(given, str(last))
    if kind in KEYS:
        known = _keys(root, path)
        named = f" The keys here: {', '.join(known)}." if known else ""
        return "Keys with values are expected here.", f"Write ‘key: value’, indented.{named}"
    return _value(kind, given) or _limits(kind, context, given, str(fault["msg"]))


def _value(kind: str, given: Any) -> tuple[str, str] | None:
    """Return the words for a value of another kind than is expected."""
    if kind in NUMBERS:
        message = f"A whole number is expected here, not {_shown(given)}."
        return message, hints.number(given)
    match kind:
        case "day":
            return f"{_shown(given)} is not a date.", hints.day(given)
        case "list_type":
            entries = given if isinstance(given, str) and len(given) <= 60 else "…"
            hint = f"Write [{entries}], or start each entry with a hyphen."
            return "A list is expected here.", hint
        case "bool_type":
            word = str(given).lower()
            meant = "true" if word in YES else "false" if word in NO else ""
            hint = f" Did you mean {meant}?" if meant else ""
            message = f"{_shown(given)} is neither true nor false."
            return message, f"Write true or false, unquoted.{hint}"
    return None


def _no_text(given: Any, key: str) -> tuple[str, str]:
    if given is None:
        return "A text is expected here and nothing stands here.", "Write it, or drop the key."
    if isinstance(given, dict | list):
        return "A text is expected here, not a list or keys.", "Write one text."
    hint = hints.form(COLOR, str(given)) if key == "color" else "Put it in quotes."
    return f"A text is expected here, not {_shown(given)}.", hint


def _limits(kind: str, context: Any, given: Any, said: str) -> tuple[str, str]:
    match kind:
        case "literal_error":
            return _choice(given, context["expected"])
        case "string_pattern_mismatch":
            pattern = context["pattern"]
            message = f"{_shown(given)} is not {FORMS[pattern][0]}."
            return message, hints.form(pattern, given)
        case "too_short" | "string_too_short":
            least, actual = context["min_length"], context.get("actual_length", 0)
            return (
                (f"This has {actual} of {least} entries.", "Add what is missing.")
                if least > 1
                else ("Nothing stands here.", "Fill it in, or drop the key.")
            )
        case "too_long" | "string_too_long":
            what = "characters" if kind == "string_too_long" else "entries"
            return f"This has more than {context['max_length']} {what}.", "Shorten it."
        case "greater_than_equal" | "less_than_equal":
            small = "ge" in context
            bound = f"at least {context['ge']}" if small else f"at most {context['le']}"
            return f"{_shown(given)} is too {'small' if small else 'large'}.", f"It is {bound}."
    return said, ""


def _choice(given: Any, expected: str) -> tuple[str, str]:
    known = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    word = str(given).lower()
    message = f"{_shown(given)} is not one of: {', '.join(known)}."
    if given is None:
        message = f"Nothing stands here; it is one of: {', '.join(known)}."
    if "agree" in known and (given is None or word in SILENCE):
        return message, "Where no position was found, leave the whole entry out."
    if hints.SYNONYMS.get(word) in known:
        return message, f"Did you mean {hints.SYNONYMS[word]!r}?"
    return message, did_you_mean(word, known)


def _shown(given: Any) -> str:
    if given is None:
        return "Nothing"
    if isinstance(given, dict | list):
        return "This"
    if isinstance(given, bool):
        return str(given).lower()
    text = str(given)
    return repr(text if len(text) <= 60 else text[:59] + "…")
