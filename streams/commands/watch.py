"""`gongshi watch`: hands in what departments drop into their folders."""

import logging
import sys
import time
from functools import partial
from pathlib import Path

import click

from connectors.folder.watcher import Pace, Watcher
from connectors.sender import Sender
from streams import clock
from streams.commands.options import data_option, find_kafka
from streams.domain.catalogue import Catalogue
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.engine.compacted import PATIENCE_S
from streams.intake import following_catalogue, make_desk
from streams.process import in_thread, run_process
from streams.settings import load
from streams.world import codec_of

_PACE = Pace()


@click.command(name="watch")
@click.argument("root", type=click.Path(path_type=Path, file_okay=False))
@click.option("--once", is_flag=True, help="Hand in what is there, then end.")
@click.option(
    "--settle",
    type=click.FloatRange(min=0),
    default=_PACE.settle_s,
    show_default=True,
    help="Seconds without a change after which a file is complete.",
)
@click.option(
    "--poll",
    type=click.FloatRange(min=0.01),
    default=_PACE.poll_s,
    show_default=True,
    help="Seconds between two looks.",
)
@data_option
def command(root: Path, settle: float, poll: float, data: Path, *, once: bool) -> None:
    """Hand in the files in ROOT/<code or name of a department>/inbox until SIGTERM.

    Each file goes through processing to done, or to refused when nothing in it can be read, with receipts
    beside it. Any number of watchers may share a ROOT. With --once: exits 0 when everything was handed in.
    """
    if not root.is_dir():
        raise ConfigurationError(f"{root} is no folder; create it, with a folder in it for each department")
    settings = load()
    kafka = find_kafka(settings, data)
    with following_catalogue(settings, kafka, patience_s=PATIENCE_S if once else None) as catalogue:
        watcher = Watcher(
            root=root,
            department=lambda name: _code_of(name, catalogue()),
            desk=make_desk(settings, sender=Sender(kafka), codec=codec_of(settings), catalogue=catalogue),
            now=clock.now,
            clock=time.monotonic,
            pace=Pace(poll_s=poll, settle_s=settle),
        )
        if once:
            logging.basicConfig(
                level=settings.log_level, format="%(levelname)s %(message)s", stream=sys.stderr
            )
            watcher.run_once()
        else:
            run_process([partial(in_thread, watcher.run, watcher.stop)], settings.log_level)


def _code_of(name: str, catalogue: Catalogue) -> str | None:
    """Return the department whose folder has that name: its code, or its name in the catalogue."""
    if is_uscc(name):
        return name
    return next((one.code for one in catalogue.departments if one.name == name.strip()), None)
