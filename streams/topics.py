"""Every Kafka topic: its name, schema, partitions, retention and who may read it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from streams.domain.stages import PortalId

MIB = 1024 * 1024

PORTALS: tuple[PortalId, ...] = tuple(
    PortalId(name)
    for name in (
        "department-site",
        "city-portal",
        "credit-jinan",
        "credit-shandong",
        "province-portal",
        "credit-china",
        "county-portal",
    )
)
"""The six portals of the 2016 notice, and the county government's for county departments."""

PLATFORM = PortalId("credit-platform")
"""市公共信用信息平台, which is no portal: it gets what is restricted, and nobody else does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One Kafka topic as it is to stand in the cluster."""

    name: str
    schema: str
    """File in `schemas/avro` without its ending; its registry subject is `<topic>-value`."""
    partitions: int = 6
    retention: timedelta | None = None
    """How long records are kept; None for a compacted topic."""
    readers: tuple[str, ...] = ()
    """Principals that may read it."""
    writers: tuple[str, ...] = ()
    """Principals that may write it."""
    max_message_bytes: int = MIB

    @property
    def compacted(self) -> bool:
        """Whether the newest record of a key is kept for ever."""
        return self.retention is None


SUBMITTED = Topic(
    name="decision.submitted",
    schema="decision.submitted",
    retention=timedelta(days=30),
    readers=("review", "record", "reviewer"),
    # either relay ends what has been public long enough; a ruling hands what was held in once more
    writers=("intake", "deliver", "deadline", "reviewer"),
    max_message_bytes=32 * MIB,  # anything a department can send must come back with a reason
)
REJECTED = Topic(
    name="decision.rejected",
    schema="decision.rejected",
    retention=timedelta(days=180),
    readers=("record", "operations"),
    writers=("review",),
)
WITHHELD = Topic(
    name="decision.withheld",
    schema="decision.withheld",
    retention=timedelta(days=180),
    readers=("record", "operations"),
    writers=("review",),
)
HELD = Topic(
    name="decision.held",
    schema="decision.held",
    retention=timedelta(days=180),
    readers=("record", "operations"),
    writers=("review",),
)
UNCHANGED = Topic(
    name="decision.unchanged",
    schema="decision.unchanged",
    retention=timedelta(days=180),
    readers=("record", "operations"),
    writers=("review",),
)
MASKED = Topic(
    name="decision.masked",
    schema="decision.masked",
    retention=timedelta(days=180),
    readers=("record", "operations"),
    writers=("review",),
)
REGISTER = Topic(
    name="decision.register",
    schema="decision.register",
    partitions=SUBMITTED.partitions,  # what is known of a decision stands beside its submissions
    readers=("review",),
    writers=("review",),
)
SHARE = Topic(
    name="share.credit-platform",
    schema="share.credit-platform",
    readers=("credit-platform", "share"),
    writers=("review",),
)
RECEIPT = Topic(
    name="publication.receipt",
    schema="publication.receipt",
    retention=timedelta(days=365),
    readers=("record", "operations"),
    writers=("deliver", "deadline"),  # either role's relay sends what waits in the ledger
)
ALERT = Topic(
    name="deadline.alert",
    schema="deadline.alert",
    retention=timedelta(days=365),
    readers=("operations",),
    writers=("deliver", "deadline"),
)
CATALOGUE = Topic(
    name="catalogue.entry",
    schema="catalogue.entry",
    partitions=1,  # so that what one transaction changed is seen at once
    readers=("review", "deadline", "intake", "site", "operations"),
    writers=("operations",),
)


@cache
def portal_topic(portal: PortalId) -> Topic:
    """Return the topic that `portal`'s team reads."""
    return Topic(
        name=f"portal.{portal}",
        schema="portal",
        readers=(portal, "deliver", "record", "site"),
        writers=("review",),
    )


PORTAL_TOPICS: tuple[Topic, ...] = tuple(portal_topic(portal) for portal in PORTALS)
ALL: tuple[Topic, ...] = (
    SUBMITTED,
    REJECTED,
    WITHHELD,
    HELD,
    UNCHANGED,
    MASKED,
    REGISTER,
    SHARE,
    *PORTAL_TOPICS,
    RECEIPT,
    ALERT,
    CATALOGUE,
)
