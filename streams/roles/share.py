"""The restricted sharing: share.credit-platform → its own ledger, sealed → 市公共信用信息平台."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from pydantic import SecretStr
from sqlalchemy import make_url

from sinks.deliver import Deliverer
from sinks.pace import Pace
from sinks.relay import Relay
from sinks.retrying import Retries
from sinks.sharing.adaptor import ShareAdaptor
from sinks.sharing.outbox import GROUP, ShareOutbox
from sinks.sharing.sealing import Seal
from streams.clock import now
from streams.domain.errors import ConfigurationError
from streams.files.platform import load_platform
from streams.records import Output
from streams.roles import Parts
from streams.roles.common import follow, mind_ledger, open_configured, run_stoppable, serve_health
from streams.settings import Settings
from streams.topics import SHARE
from streams.world import World


def parts(world: World) -> Parts:
    """Return the outbox and the deliverer of the platform, and what sweeps its receipts away."""
    own = replace(world, settings=own_settings(world.settings))
    platform, seal = load_platform(own.settings.share), Seal(own.settings.share_key.get_secret_value())
    ledger = open_configured(own)
    deliverer = Deliverer(
        ledger,
        {platform.id: ShareAdaptor(platform.url, platform.secret, seal, now)},
        world.metrics.sinks,
        world.codec,
        now,
        limits={platform.id: platform.limits},
        pace=Pace(retries=Retries(give_up_after=timedelta(hours=own.settings.retry_hours))),
    )
    return [
        partial(serve_health, world),
        partial(follow, world, GROUP, [SHARE.name], ShareOutbox(ledger, world.codec, seal)),
        partial(run_stoppable, deliverer),
        partial(run_stoppable, Relay(ledger, _keep, now)),
        partial(mind_ledger, own, ledger),
    ]


def own_settings(settings: Settings) -> Settings:
    """Return the settings with the share's own ledger in place. Raises `ConfigurationError`."""
    own, others = (one.get_secret_value() for one in (settings.share_database_url, settings.database_url))
    if not own:
        raise ConfigurationError("set GONGSHI_SHARE_DATABASE_URL to the share's own ledger")
    if others and make_url(own) == make_url(others):
        raise ConfigurationError("GONGSHI_SHARE_DATABASE_URL is the portals' ledger; it must be another one")
    return settings.model_copy(update={"database_url": SecretStr(own)})


async def _keep(outputs: Sequence[Output]) -> None:
    """Send no receipt on: what the platform has is told by the share's own ledger alone."""
    del outputs
