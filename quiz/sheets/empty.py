"""The two files of a quiz without entries, to be filled from tables."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.slugs import slug
from quiz.content.values import LANGUAGE
from quiz.sheets.files import Files
from quiz.sheets.made import Wishes
from quiz.sheets.table import HEADER_WITHIN, Notes, Sheet, column_name
from quiz.translations.commands import tr


def empty_quiz(sheets: Sequence[Sheet], wishes: Wishes, notes: Notes) -> Files:
    """Return the files of a new quiz in the languages that the tables have columns for."""
    languages = _languages(sheets)
    if wishes.language:
        languages = [wishes.language, *(tag for tag in languages if tag != wishes.language)]
    if not languages:
        languages = ["en"]
        message = tr(
            "No column is named after a language, like text:nl. Taken for ‘en’; --language says it."
        )
        notes.remark(message)
    title = wishes.title or tr("A new quiz")
    texts = {
        STATEMENTS: f"""\
quiz:
  id: {wishes.id or slug(title) or "quiz"}
  title: {{{languages[0]}: {_quoted(title)}}}
  description: {{{languages[0]}: {_quoted(title)}}}
  languages: [{", ".join(map(_quoted, languages))}]
  matching: {{method: city-block, prior: 6, double_weight: 2, min_compared: 2}}
  version: 1
themes: []
statements: []
""",
        ANSWERS: "sources: []\nparties: []\n",
    }
    return Files({name: text.encode() for name, text in texts.items()})


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _languages(sheets: Sequence[Sheet]) -> list[str]:
    """Return the languages in the columns' names, in order."""
    parties: dict[str, None] = {}
    for sheet in sheets:
        for _number, texts in sheet.lines[:HEADER_WITHIN]:
            for text in texts:
                name, colon, tag = column_name(text).partition(":")
                if (
                    colon
                    and name in {"text", "explanation", "name"}
                    and re.fullmatch(LANGUAGE, tag)
                ):
                    parties[tag] = None
    return list(parties)
