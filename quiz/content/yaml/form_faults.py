"""Turns pydantic's errors into sentences with a place and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel, ValidationError

from quiz.content.limits import NEAR_MISSES
from quiz.content.problems import did_you_mean, near_miss
from quiz.content.problems import meant as did_mean
from quiz.content.values import COLOR, FORMS
from quiz.content.yaml import hints
from quiz.content.yaml.marked import Document, Path
from quiz.translations.commands import later, tr

KEYS: Final = frozenset({"dict_type", "model_type", "model_attributes_type"})
NUMBERS: Final = frozenset({"int_type", "int_parsing"})
ANSWER_HINT: Final = later("If it is an answer, it stands below ‘answers:’, two spaces further in.")
BELOW_HINT: Final = later(
    "Its position, quotes and so on stand below it, two spaces further in than it."
)
PART_HINT: Final = later(
    "It is part of an answer: write it below the statement's id, two spaces further in than it."
)
QUOTES_HINT: Final = later(
    "Write ‘quotes:’, and on the next line, two spaces further in: "
    '‘- {text: "The party\'s own words.", source: the-source, page: 12}’ (page may be left out).'
)
SILENCE: Final = frozenset({"none", "unknown", "silent", "null", "geen", "onbekend", "?", "-"})


def note(document: Document, root: type[BaseModel], error: ValidationError) -> None:
    """Report pydantic's errors in the document, one per mistake."""
    faults = error.errors(include_url=False)
    guesses = NEAR_MISSES
    renamed: set[Path] = set()
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            *above, last = fault["loc"]
            near = near_miss(str(last), _keys(root, tuple(above))) if guesses else ""
            guesses = max(0, guesses - 1)
            if near:
                renamed.add((*above, near))
    guesses = NEAR_MISSES
    told = {
        fault["loc"][:-1] for fault in faults if _is_in_answers(fault) and fault["input"] is None
    }
    for fault in faults:
        if _is_in_answers(fault) and fault["loc"][-1] in _keys(root, fault["loc"]):
            if fault["loc"][:-1] in told:
                continue  # it is a part of an answer, and one message is enough
            told.add(fault["loc"][:-1])
        if fault["type"] == "missing" and tuple(fault["loc"]) in renamed:
            continue
        if document.partial and (len(fault["loc"]) == 1 or fault["input"] is None):
            continue  # it may stand in an entry that could not be read
        path = _place(fault)
        if fault["type"] == "extra_forbidden" and not guesses:
            message, hint = (
                tr("The key %(value)s is not known here.", value=repr(path[-1])),
                tr("Take it out."),
            )
        else:
            message, hint = _words(fault, root, path)
            guesses -= fault["type"] == "extra_forbidden"
        at_key = fault["type"] in {"extra_forbidden", "missing"} or "[key]" in fault["loc"]
        document.say(path, message, hint, at_key=at_key)


def _place(fault: Any) -> Path:
    return tuple(part for part in fault["loc"] if part != "[key]")


def _is_in_answers(fault: Any) -> bool:
    """Whether this should be the answer to a statement, and is none."""
    return fault["type"] in KEYS and len(fault["loc"]) > 1 and fault["loc"][-2] == "answers"


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
    """Yield the type of the value under a key or index."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if part in kind.model_fields:
            yield kind.model_fields[str(part)].annotation
    elif get_origin(kind) in {list, dict}:
        yield get_args(kind)[-1]
    else:
        for inner in get_args(kind):
            yield from _below(inner, part)


def _words(fault: Any, root: type[BaseModel], path: Path) -> tuple[str, str]:
    context, value, kind = fault.get("ctx", {}), fault["input"], fault["type"]
    if _is_in_answers(fault) and value is None:
        return tr("Nothing stands below this statement."), tr(BELOW_HINT)
    if _is_in_answers(fault) and path[-1] in _keys(root, path):
        return tr("A statement's id is expected here, not %(key)s.", key=repr(path[-1])), tr(
            PART_HINT
        )
    if kind in KEYS and not (kind == "dict_type" and value is None):
        known = _keys(root, path)
        named = tr(" The keys here: %(value)s.", value=", ".join(known)) if known else ""
        return tr("Keys with values are expected here."), tr(
            "Write ‘key: value’, indented."
        ) + named
    return (
        _words_of(kind, value, root, path)
        or _value(kind, value)
        or _limits(kind, context, value, str(fault["msg"]))
    )


def _words_of(kind: str, value: Any, root: type[BaseModel], path: Path) -> tuple[str, str] | None:
    last = path[-1] if path else ""
    match kind:
        case "list_type" if last == "quotes" and value is not None:
            return tr("A list of quotes is expected here."), tr(QUOTES_HINT)
        case "list_type" | "dict_type" if value is None:
            empty = "[]" if kind == "list_type" else "{}"
            return tr("Nothing stands here."), tr(
                "Write %(empty)s where there is none, or drop the key.", empty=empty
            )
        case "missing":
            return tr("The key %(last)s is missing.", last=repr(last)), tr(
                "Add ‘%(last)s: …’ here.", last=last
            )
        case "extra_forbidden":
            misplaced = isinstance(value, dict) and "position" in value
            hint = tr(ANSWER_HINT) if misplaced else did_you_mean(str(last), _keys(root, path[:-1]))
            return tr("The key %(last)s is not known here.", last=repr(last)), hint or tr(
                "Take it out."
            )
        case "string_type" | "text" | "unquoted":
            return _no_text(value, str(last))
    return None


def _value(kind: str, value: Any) -> tuple[str, str] | None:
    """Return the message and hint for a value of the wrong type."""
    if kind in NUMBERS:
        message = tr("A whole number is expected here, not %(value)s.", value=_shown(value))
        return message, hints.number(value)
    match kind:
        case "day":
            return tr("%(value)s is not a date.", value=_shown(value)), hints.day(value)
        case "list_type":
            entries = value if isinstance(value, str) and len(value) <= 60 else "…"
            hint = tr("Write [%(entries)s], or start each entry with a hyphen.", entries=entries)
            return tr("A list is expected here."), hint
        case "bool_type":
            meant = hints.YES_AND_NO.get(str(value).lower())
            hint = (
                "" if meant is None else " " + tr("Did you mean %(word)s?", word=str(meant).lower())
            )
            message = tr("%(value)s is neither true nor false.", value=_shown(value))
            return message, tr("Write true or false, unquoted.") + hint
    return None


def _no_text(value: Any, key: str) -> tuple[str, str]:
    if value is None:
        return tr("A text is expected here and nothing stands here."), tr(
            "Write it, or drop the key."
        )
    if isinstance(value, dict | list):
        return tr("A text is expected here, not a list or keys."), tr("Write one text.")
    hint = hints.form(COLOR, str(value)) if key == "color" else tr("Put it in quotes.")
    return tr("A text is expected here, not %(value)s.", value=_shown(value)), hint


def _limits(kind: str, context: Any, value: Any, message: str) -> tuple[str, str]:
    match kind:
        case "literal_error":
            return _choice(value, context["expected"])
        case "string_pattern_mismatch":
            pattern = context["pattern"]
            message = tr(
                "%(value)s is not %(value_2)s.", value=_shown(value), value_2=tr(FORMS[pattern][0])
            )
            return message, hints.form(pattern, value)
        case "too_short" | "string_too_short":
            least, actual = context["min_length"], context.get("actual_length", 0)
            return (
                (
                    tr("This has %(actual)s of %(least)s entries.", actual=actual, least=least),
                    tr("Add what is missing."),
                )
                if least > 1
                else (tr("Nothing stands here."), tr("Fill it in, or drop the key."))
            )
        case "too_long" | "string_too_long":
            what = tr("characters") if kind == "string_too_long" else tr("entries")
            return tr(
                "This has more than %(value)s %(what)s.", value=context["max_length"], what=what
            ), tr("Shorten it.")
        case "greater_than_equal" | "less_than_equal":
            small = "ge" in context
            bound = (
                tr("at least %(count)s", count=context["ge"])
                if small
                else tr("at most %(count)s", count=context["le"])
            )
            return tr(
                "%(value)s is too %(value_2)s.",
                value=_shown(value),
                value_2=tr("small") if small else tr("large"),
            ), tr("It is %(bound)s.", bound=bound)
    return message, ""


def _choice(value: Any, expected: str) -> tuple[str, str]:
    known = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    word = str(value).lower()
    message = tr(
        "%(value)s is not one of: %(value_2)s.", value=_shown(value), value_2=", ".join(known)
    )
    if value is None:
        message = tr("Nothing stands here; it is one of: %(value)s.", value=", ".join(known))
    if "agree" in known and (value is None or word in SILENCE):
        return message, tr("Where no position was found, leave the whole entry out.")
    ours = hints.synonym(word)
    if ours in known:
        return message, did_mean(ours)
    return message, did_you_mean(word, known)


def _shown(value: Any) -> str:
    if value is None:
        return tr("Nothing")
    if isinstance(value, dict | list):
        return tr("This")
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return repr(text if len(text) <= 60 else text[:59] + "…")
