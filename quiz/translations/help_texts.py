"""Finding and translating the help of the commands: click's texts stand in arguments and docstrings."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from copy import copy
from typing import Any, BinaryIO, Final, TypeVar

import click

from quiz.translations.commands import tr

ARGUMENTS: Final = ("help", "prompt")

Command = TypeVar("Command", bound=click.Command)


def translated(command: Command) -> Command:
    """Return the same command with its help and prompts in the language that is spoken."""
    spoken = copy(command)
    spoken.help = tr(inspect.cleandoc(command.help)) if command.help else command.help
    spoken.params = [_parameter(parameter) for parameter in command.params]
    return spoken


def _parameter(parameter: click.Parameter) -> click.Parameter:
    spoken = copy(parameter)
    for name in ARGUMENTS:
        text = getattr(parameter, name, None)
        if isinstance(text, str) and text:
            setattr(spoken, name, tr(text))
    return spoken


def extract(
    file: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[Any, ...]]:
    """Yield the texts of a module of commands, its help among them: an extractor of Babel's."""
    from babel.messages.extract import extract_python  # noqa: PLC0415  # where texts are collected

    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.FunctionDef) and node.decorator_list and ast.get_docstring(node):
            yield node.lineno, None, inspect.cleandoc(ast.get_docstring(node) or ""), []
        elif isinstance(node, ast.keyword) and node.arg in ARGUMENTS and _is_text(node.value):
            yield node.value.lineno, None, node.value.value, []  # type: ignore[attr-defined]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
