"""The review: decision.submitted → portals, rejected, withheld, held."""

import socket
from dataclasses import replace
from functools import partial
from hashlib import sha512

from streams import app
from streams.clock import today
from streams.domain.privacy import Redactor, Thresholds
from streams.durable import make_folder
from streams.files.mask_policy import load_policy
from streams.privacy_data import load_lexicon
from streams.roles import Parts
from streams.roles.common import follow_catalogue, run_app, serve_health, with_catalogue
from streams.roles.surroundings import begin_departments, watch_disks
from streams.world import World


def parts(world: World) -> Parts:
    """Return the agents, and the pump that feeds them."""
    slot = world.settings.slot or socket.gethostname()
    state = world.settings.state_dir.expanduser() / slot
    make_folder(state, "GONGSHI_STATE_DIR: the folder", mode=0o700)
    key = world.settings.register_key.get_secret_value()
    thresholds = Thresholds(share=world.settings.doubtful_share)
    policy = replace(load_policy(world.settings.shapes), thresholds=thresholds)
    flow, pump = app.review(
        kafka=world.kafka,
        slot=slot,
        codec=world.codec,
        calendar=world.calendar,
        catalogue=world.catalogue,
        redactor=Redactor(load_lexicon(), policy),
        masked=world.metrics.masked,
        today=today,
        observer=world.metrics.engine,
        departments=world.metrics.departments,
        state=state,
        secret=sha512(key.encode()).digest() if key else b"",
    )
    return [
        partial(serve_health, world),
        partial(follow_catalogue, world),
        partial(begin_departments, world),
        partial(watch_disks, world),
        partial(run_app, flow),
        partial(with_catalogue, world, pump.run),
    ]
