"""The ``quiz`` command. Each subcommand lives in a module of its own, imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from quiz import __version__
from quiz.translations import commands, languages

COMMANDS: Final = {
    "serve": ("quiz.cli.serve", "Serve the quiz with the production server."),
    "check": ("quiz.cli.check", "Check the content and say what it holds."),
    "schema": ("quiz.cli.schema", "Write the JSON Schemas of the two YAML files."),
    "score": ("quiz.cli.score", "Match a file of answers with the parties."),
    "audit": ("quiz.cli.audit", "Show what the content does to voters."),
    "diff": ("quiz.cli.diff", "Say what changed between two editions of the content."),
    "new": ("quiz.cli.new", "Start a new quiz in an empty folder."),
    "export": ("quiz.cli.export", "Write the content as CSV or XLSX."),
    "import": ("quiz.cli.import_", "Take over content from CSV or XLSX."),
    "preview": ("quiz.cli.preview", "Show drafts, gaps and errors while you edit."),
    "expire": ("quiz.cli.expire", "Delete classes whose day has come."),
    "translations": ("quiz.cli.translations", "Make or check the pages in a further language."),
    "verify": ("quiz.cli.verify", "Recompute a saved result."),
}


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called: start-up stays short."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the subcommands in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a subcommand and return its ``command``."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
@click.option(
    "--language",
    type=click.Choice(languages()),
    help="Language in which the commands speak (else the shell’s).",
)
def main(language: str | None) -> None:
    """Standpunt: an open voting-advice quiz."""
    commands.speak(language or commands.shell_language())
