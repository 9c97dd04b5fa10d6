"""`gongshi pull`: hands in what is new in a department's database."""

import logging
import os
import sys
import time
from functools import partial
from pathlib import Path

import click

from connectors.database.config import load_source
from connectors.database.opening import open_source
from connectors.database.position import position_of
from connectors.database.puller import Puller
from connectors.sender import Sender
from streams import clock
from streams.commands.options import data_option, find_kafka
from streams.engine.compacted import PATIENCE_S
from streams.intake import following_catalogue, make_desk
from streams.process import in_thread, run_process
from streams.settings import load, read_toml
from streams.world import codec_of


@click.command(name="pull")
@click.argument("config", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--once", is_flag=True, help="Hand in what is committed now, then end.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that keeps how far the source was read.  [default: pull in the data folder]",
)
@data_option
def command(config: Path, state: Path | None, data: Path, *, once: bool) -> None:
    """Hand in the new rows of the table or query that CONFIG (.toml) describes, until SIGTERM.

    Rows have the same event ids on every try, so that nothing doubles. With --once: exits 0 when
    everything was handed in, after the source's delay_s.
    """
    settings = load()
    source = load_source(config, read_toml(config), os.environ)
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    kafka = find_kafka(settings, data)
    patience_s = PATIENCE_S if once else None
    with (
        position_of(state or data / "pull", source.name) as position,
        following_catalogue(settings, kafka, patience_s=patience_s) as catalogue,
    ):
        puller = Puller(
            source=source,
            engine=open_source(source.name, source.url.get_secret_value()),
            position=position,
            desk=make_desk(settings, sender=Sender(kafka), codec=codec_of(settings), catalogue=catalogue),
            now=clock.now,
            clock=time.monotonic,
        )
        if once:
            puller.run_once()
        else:
            run_process([partial(in_thread, puller.run, puller.stop)], settings.log_level)
