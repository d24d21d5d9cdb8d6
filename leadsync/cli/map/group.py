"""`leadsync map`: `map SOURCE` proposes a mapping; a first word that is a command of the group goes there instead."""

from typing import Any

import typer
from typer.core import TyperGroup

from leadsync.cli.map.check import check
from leadsync.cli.map.explain import explain
from leadsync.cli.map.propose import propose
from leadsync.cli.map.schema import schema

_DEFAULT = "propose"


class _ProposesByItself(TyperGroup):
    """Takes whatever is no command of the group for the source of a proposal, and helps with that first."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the default command before its arguments."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Tell what the default command takes, and then which other commands there are."""
        default = self.commands[_DEFAULT]
        own = typer.Context(default, info_name=ctx.command_path, help_option_names=ctx.help_option_names)
        default.format_help(own, formatter)
        self.format_commands(ctx, formatter)
        self.format_epilog(ctx, formatter)


map_app = typer.Typer(
    cls=_ProposesByItself,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help="Propose a mapping for a file, look after one, or explain it.",
    epilog="A file that is called as a command here: ./check.",
)
map_app.command(_DEFAULT, hidden=True)(propose)
map_app.command("check")(check)
map_app.command("explain")(explain)
map_app.command("schema")(schema)
