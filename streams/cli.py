"""The `gongshi` command: finds the subcommand's module and tells errors in one line."""

import logging
import sys
from importlib import import_module
from importlib.metadata import version

import click

from streams.domain.errors import ConfigurationError, GongshiError

COMMANDS = {
    "audit": "checks that the audit trail is whole",
    "catalogue": "checks, publishes and shows the catalogue of departments and items",
    "check": "checks decisions offline, a JSON line a row",
    "deadletters": "what a portal refused and waits for a person",
    "demo": "everything on this machine, with the sample decisions",
    "due": "the due day of a decision made that day",
    "health": "whether a process on this machine lives and is ready, and what it waits for",
    "migrate": "creates or updates the ledger's tables",
    "portals": "how each portal is doing, and switches it on or off",
    "portal": "runs a reference portal to try against, or tries a portal under construction",
    "probes": "what portals were seen to show, and what is missing there",
    "pull": "hands in what is new in a department's database",
    "redact": "masks personal data in texts",
    "report": "a month's timeliness, completeness and accuracy, department by department",
    "replay": "sends dead letters again",
    "review": "lets a person rule on held decisions",
    "rules": "every rule that decisions are checked by",
    "serve": "takes decisions over HTTP, and tells departments of theirs",
    "site": "双公示专栏, the public site of its portal's topic",
    "supervise": "hands in declared counts, excused numbers and spot checks",
    "status": "one decision's whole path",
    "submit": "hands in decisions from files",
    "template": "the official spreadsheets, empty, with drop-downs and notes",
    "token": "makes a department's token for the HTTP intake",
    "topics": "creates or updates topics and schemas",
    "up": "everything on this machine, until Ctrl-C",
    "watch": "hands in what departments drop into their folders",
    "worker": "one role of the system, for production",
}
"""Subcommand → what it does; its module is `streams.commands.<name>`."""

MISUSE = 2


class _Commands(click.Group):
    """Imports a subcommand only when it is called: `gongshi due` need not wait for Kafka's client."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"streams.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("gongshi"), prog_name="gongshi")
def gongshi() -> None:
    """公示: carries every administrative licence and penalty decision to the public."""


def main() -> None:
    """Run the command; exit 0 on success, 1 on a failed job, 2 on misuse."""
    _leave_out_the_client()
    try:
        status = gongshi(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        command = getattr(error, "ctx", None)
        name = command.command_path if command else "gongshi"
        more = f" See {name} --help." if isinstance(error, click.UsageError) else ""
        click.echo(f"{name}: {' '.join(error.format_message().split())}{more}", err=True)
        sys.exit(error.exit_code)
    except ConfigurationError as error:
        click.echo(f"gongshi: {error}", err=True)
        sys.exit(MISUSE)
    except GongshiError as error:
        click.echo(f"gongshi: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)


def _leave_out_the_client() -> None:
    """Print no log of Kafka's client where nobody set logging up, as services do.

    It says the same hundreds of times while a broker is away; the command says it once, in its own words.
    """
    if logging.lastResort is not None:
        logging.lastResort.addFilter(lambda record: not record.name.startswith("streams.engine."))
