"""`gongshi watch`: hands in what departments drop into their folders."""

import logging
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from connectors.folder.watcher import Pace, Watcher
from connectors.sender import Sender
from streams import clock
from streams.catalogue_file import load_catalogue
from streams.commands.options import data_option, find_kafka
from streams.domain.catalogue import Catalogue
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.intake import make_desk
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
    watcher = Watcher(
        root=root,
        department=_directory(load_catalogue(settings.catalogue)),
        desk=make_desk(settings, sender=Sender(find_kafka(settings, data)), codec=codec_of(settings)),
        now=clock.now,
        clock=time.monotonic,
        pace=Pace(poll_s=poll, settle_s=settle),
    )
    if once:
        logging.basicConfig(level=settings.log_level, format="%(levelname)s %(message)s", stream=sys.stderr)
        watcher.run_once()
    else:
        run_process([partial(in_thread, watcher.run, watcher.stop)], settings.log_level)


def _directory(catalogue: Catalogue) -> Callable[[str], str | None]:
    """Return what tells a folder's name from others: the code or the name of a department."""
    codes = {department.name: department.code for department in catalogue.departments}

    def find(name: str) -> str | None:
        return name if is_uscc(name) else codes.get(name.strip())

    return find
