"""From pydantic's errors to sentences with a place and a remedy."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ValidationError

from quiz.content.marked import Document, Path
from quiz.content.problems import did_you_mean
from quiz.content.schema import (
    AnswerModel,
    AnswersFile,
    ChangeModel,
    MatchingModel,
    PartyModel,
    PublisherModel,
    QuizModel,
    QuoteModel,
    SourceModel,
    StatementModel,
    StatementsFile,
    SummaryModel,
    ThemeModel,
)

PATTERNS: Final = {
    "a-z0-9": "Small letters, digits and single hyphens: leave-microsoft-2030.",
    "mailto": "A mail address, or a page that starts with https://.",
    "https?": "An address that starts with https:// or http://.",
    "#(": 'Six hexadecimal digits in quotes: "#502379".',
    r"\S": "Write a text, or take the key out.",
    "a-z]{2,3}": "A language tag: nl, en, de.",
    r"\\": "A path below the sources folder, without .. and spaces.",
}


def keys_at(root: type[BaseModel], path: Path) -> set[str]:
    """Name the keys that the models allow at a path."""
    if root is StatementsFile:
        models: dict[int, dict[str, type[BaseModel]]] = {
            0: {"": StatementsFile},
            1: {"quiz": QuizModel},
            2: {"themes": ThemeModel, "statements": StatementModel, "matching": MatchingModel,
                "publisher": PublisherModel},
            3: {"changelog": ChangeModel},
        }
        name = "" if not path else str(path[1] if len(path) > 1 and path[0] == "quiz" else path[0])
        model = models.get(len(path), {}).get(name)
    else:
        model = {
            0: AnswersFile,
            2: {"sources": SourceModel, "parties": PartyModel}.get(str(path[0]) if path else ""),
            4: AnswerModel,
            5: SummaryModel,
            6: QuoteModel,
        }.get(len(path))
    return set(model.model_fields) if model else set()


def note(document: Document, root: type[BaseModel], error: ValidationError) -> None:
    """Write each of pydantic's errors into the document."""
    for fault in error.errors(include_url=False):
        path: Path = tuple(part for part in fault["loc"] if part != "[key]")
        at_key = "[key]" in fault["loc"] or fault["type"] == "extra_forbidden"
        message, hint = _words(fault, root, path)
        document.say(path, message, hint, at_key=at_key)


def _words(fault: Any, root: type[BaseModel], path: Path) -> tuple[str, str]:  # noqa: PLR0911
    kind, context, given = fault["type"], fault.get("ctx", {}), fault.get("input")
    last = path[-1] if path else ""
    match kind:
        case "missing":
            return f"The key {last!r} is missing.", f"Add ‘{last}: …’ here."
        case "extra_forbidden":
            hint = did_you_mean(str(last), keys_at(root, path[:-1])) or "Take it out."
            return f"The key {last!r} is not known here.", hint
        case "literal_error":
            known = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
            return f"{_shown(given)} is not one of: {', '.join(known)}.", did_you_mean(
                str(given), known
            )
        case "string_pattern_mismatch":
            pattern = str(context.get("pattern", ""))
            hint = next((text for part, text in PATTERNS.items() if part in pattern), "")
            return f"{_shown(given)} does not have the right form.", hint
        case "string_type":
            if given is None:
                return "A text is expected here; it is empty.", "Write one, or take the key out."
            return "A text is expected here.", "Put it in quotes." if not _many(given) else ""
        case "dict_type" | "model_type" | "model_attributes_type":
            return "Keys with values are expected here.", "Write ‘key: value’, indented below."
        case "list_type":
            return "A list is expected here.", "Start each entry with a hyphen: ‘- …’."
        case "int_type":
            return f"A whole number is expected here, not {_shown(given)}.", "Without quotes."
        case "bool_type":
            return f"{_shown(given)} is neither true nor false.", "Write true or false, unquoted."
        case "too_short" | "string_too_short":
            return "This is empty.", "Add at least one entry."
        case "too_long" | "string_too_long":
            return f"This is longer than the limit of {context.get('max_length')}.", "Shorten it."
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            side = "at least" if "ge" in context else "at most"
            return f"{_shown(given)} is out of range: {side} {bound}.", ""
        case _:
            return str(fault["msg"]), ""


def _many(given: Any) -> bool:
    return isinstance(given, dict | list)


def _shown(given: Any) -> str:
    if given is None:
        return "Nothing"
    if _many(given):
        return "This"
    text = str(given)
    return repr(text if len(text) <= 60 else text[:59] + "…")
