"""The ``quiz`` command. Each subcommand lives in a module of its own, imported when it is used."""

from __future__ import annotations

from gettext import gettext as in_clicks_words
from importlib import import_module
from typing import Any, Final

import click

from quiz import __version__
from quiz.translations import commands, languages
from quiz.translations.click_texts import click_speaks, texts_for_click
from quiz.translations.commands import later, tr
from quiz.translations.help_texts import translated

COMMANDS: Final = {
    "serve": ("quiz.cli.serve", later("Serve the quiz with the production server.")),
    "check": ("quiz.cli.check", later("Check the content and say what it holds.")),
    "schema": ("quiz.cli.schema", later("Write the JSON Schemas of the two YAML files.")),
    "score": ("quiz.cli.score", later("Match a file of answers with the parties.")),
    "audit": ("quiz.cli.audit", later("Show what the content does to voters.")),
    "diff": ("quiz.cli.diff", later("Say what changed between two editions of the content.")),
    "new": ("quiz.cli.new", later("Start a new quiz in an empty folder.")),
    "export": ("quiz.cli.export", later("Write the content as CSV or XLSX.")),
    "import": ("quiz.cli.import_", later("Take over content from CSV or XLSX.")),
    "preview": ("quiz.cli.preview", later("Show drafts, gaps and errors while you edit.")),
    "expire": ("quiz.cli.expire", later("Delete classes whose day has come.")),
    "translations": (
        "quiz.cli.translations",
        later("Make or check the pages in a further language."),
    ),
    "verify": ("quiz.cli.verify", later("Recompute a saved result.")),
}


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called, so start-up is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the subcommands in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a subcommand and return its ``command``, with its help translated."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101
        return translated(command)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command in the user's language; afterwards the language is what it was before."""
        with texts_for_click(), commands.speaking(commands.spoken()):
            return super().main(*args, **kwargs)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Speak the shell's language from the start; ``--language`` comes later, if at all."""
        _speak(commands.shell_language())
        return super().make_context(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe ``--help``, which click makes before it reads ``--language``."""
        option = super().get_help_option(ctx)
        if option:
            option.help = in_clicks_words("Show this message and exit.")
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language that is spoken."""
        super(LazyGroup, translated(self)).format_help(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        with formatter.section(in_clicks_words("Commands")):
            formatter.write_dl([(name, tr(text)) for name, (_, text) in COMMANDS.items()])


def _speak(language: str) -> None:
    commands.speak(language)
    click_speaks(language)


def _chosen(_ctx: click.Context, _param: click.Parameter, language: str | None) -> None:
    if language:
        _speak(language)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s", help="Show the version and exit.")
@click.option(
    "--language",
    type=click.Choice(languages()),
    is_eager=True,
    expose_value=False,
    callback=_chosen,
    help="Language in which the commands speak (else the shell’s).",
)
def main() -> None:
    """Standpunt: an open voting-advice quiz."""
