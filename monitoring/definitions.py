"""Every metric that a process can show: name, kind, help and labels, as one list."""

from monitoring.metric import Metric, Type

BUILD = Metric(
    name="gongshi_build_info",
    type=Type.INFO,
    help="Version of this process and of its Python.",
    labels=("version", "python"),
)
STAGE = Metric(
    name="gongshi_stage_decisions_total",
    type=Type.COUNTER,
    help="Decisions that left a stage of the review, by outcome; all outcomes together are what went in.",
    labels=("stage", "outcome"),
)
BATCH_SIZE = Metric(
    name="gongshi_batch_records",
    type=Type.HISTOGRAM,
    help="Records in a committed batch; the sum is what was read from Kafka.",
    buckets=(1, 3, 10, 30, 100, 300, 1_000, 3_000),
)
BATCH_SECONDS = Metric(
    name="gongshi_batch_duration_seconds",
    type=Type.HISTOGRAM,
    help="From reading a batch to its commit.",
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
ABORTS = Metric(
    name="gongshi_transaction_aborts_total",
    type=Type.COUNTER,
    help="Aborted Kafka transactions; their batches are read again.",
    labels=("reason",),
)
LAG = Metric(
    name="gongshi_consumer_lag_records",
    type=Type.GAUGE,
    help="Records of an assigned partition that are still to be read.",
    labels=("topic", "partition"),
)
COMMITTED = Metric(
    name="gongshi_consumer_committed_offset",
    type=Type.GAUGE,
    help="Next offset of an assigned partition after the last commit.",
    labels=("topic", "partition"),
)
MASKED = Metric(
    name="gongshi_masked_total",
    type=Type.COUNTER,
    help="Places where personal data was masked before publication, by kind of data.",
    labels=("kind",),
)
DELIVERIES = Metric(
    name="gongshi_delivery_attempts_total",
    type=Type.COUNTER,
    help="Attempts to deliver a decision to a portal, by how they ended.",
    labels=("portal", "verdict"),
)
DELIVERY_SECONDS = Metric(
    name="gongshi_delivery_duration_seconds",
    type=Type.HISTOGRAM,
    help="How long one attempt took.",
    labels=("portal",),
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
BACKLOG = Metric(
    name="gongshi_delivery_backlog",
    type=Type.GAUGE,
    help="Deliveries that wait for a portal. Every deliver process shows the whole ledger: take the max.",
    labels=("portal",),
)
OLDEST = Metric(
    name="gongshi_delivery_oldest_age_seconds",
    type=Type.GAUGE,
    help="Age of the oldest delivery that waits for a portal, 0 when none waits. Take the max.",
    labels=("portal",),
)
CONDITION = Metric(
    name="gongshi_portal_condition",
    type=Type.GAUGE,
    help="1 for the condition that a portal is in: closed (works), open (fails), half_open (is tried), off.",
    labels=("portal", "condition"),
)
WAY_OFF = Metric(
    name="gongshi_portal_way_off_ratio",
    type=Type.GAUGE,
    help="How far a failing portal is on the way to being switched off, from 0 to 1.",
    labels=("portal",),
)
DEAD = Metric(
    name="gongshi_dead_letters",
    type=Type.GAUGE,
    help="Deliveries that a portal refused for good and that wait for a person. Take the max.",
    labels=("portal",),
)
DECISIONS = Metric(
    name="gongshi_decisions",
    type=Type.GAUGE,
    help="Decisions in the ledger by status. Take the max.",
    labels=("status",),
)
NEAR_DUE = Metric(
    name="gongshi_decisions_near_due",
    type=Type.GAUGE,
    help="Decisions not yet public everywhere whose due day is near, by department code. Take the max.",
    labels=("department",),
)
PAST_DUE = Metric(
    name="gongshi_decisions_past_due",
    type=Type.GAUGE,
    help="Decisions not public everywhere although the due day has passed, by department code. Take the max.",
    labels=("department",),
)
CALENDAR = Metric(
    name="gongshi_calendar_year_known",
    type=Type.GAUGE,
    help="1 where the State Council's holidays of a year are known, 0 where weekdays are guessed from.",
    labels=("year",),
)
TICK = Metric(
    name="gongshi_deadline_last_tick_timestamp_seconds",
    type=Type.GAUGE,
    help="When the due days were last looked at, Unix time.",
)
NOTICES = Metric(
    name="gongshi_notices_total",
    type=Type.COUNTER,
    help="Alerts tried on a channel (alertmanager, webhook, mail), by how the try ended.",
    labels=("channel", "verdict"),
)
NOTICES_WAITING = Metric(
    name="gongshi_notices_waiting",
    type=Type.GAUGE,
    help="Alerts that a channel has not taken yet.",
    labels=("channel",),
)
NOTICES_OLDEST = Metric(
    name="gongshi_notices_oldest_age_seconds",
    type=Type.GAUGE,
    help="Age of the oldest alert that a channel has not taken yet.",
    labels=("channel",),
)
REQUESTS = Metric(
    name="gongshi_intake_requests_total",
    type=Type.COUNTER,
    help="Requests to the HTTP intake, by route and status of the answer.",
    labels=("route", "status"),
)
REQUEST_SECONDS = Metric(
    name="gongshi_intake_request_duration_seconds",
    type=Type.HISTOGRAM,
    help="From the head of a request to its answer, the upload included.",
    labels=("route",),
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
ROWS = Metric(
    name="gongshi_intake_rows_total",
    type=Type.COUNTER,
    help="Rows handed in over HTTP, by what their department was told.",
    labels=("outcome",),
)
SITE_REQUESTS = Metric(
    name="gongshi_site_requests_total",
    type=Type.COUNTER,
    help="Requests to the public site, by route and status of the answer.",
    labels=("route", "status"),
)
SITE_SECONDS = Metric(
    name="gongshi_site_request_duration_seconds",
    type=Type.HISTOGRAM,
    help="From a request to the public site to its answer; live pages are not counted.",
    labels=("route",),
    buckets=(0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
)
LOOKS = Metric(
    name="gongshi_probe_looks_total",
    type=Type.COUNTER,
    help="Looks whether a portal shows what it has accepted, by what was seen.",
    labels=("portal", "sight"),
)
PROBE_FINDINGS = Metric(
    name="gongshi_probe_findings",
    type=Type.GAUGE,
    help="Accepted revisions that a portal does not show as it should, after the time it has. Take the max.",
    labels=("portal", "sight"),
)
UNSEEN = Metric(
    name="gongshi_probe_unseen",
    type=Type.GAUGE,
    help="Accepted revisions that a portal was not seen to show yet, findings among them. Take the max.",
    labels=("portal",),
)
UNSEEN_OLDEST = Metric(
    name="gongshi_probe_unseen_oldest_age_seconds",
    type=Type.GAUGE,
    help="How long the oldest of these was accepted, or no longer seen; 0 when none. Take the max.",
    labels=("portal",),
)
SEEN_WITHIN = Metric(
    name="gongshi_probe_seen_within_seconds",
    type=Type.GAUGE,
    help="How long a portal may take to show what it has accepted, as configured.",
    labels=("portal",),
)

ALL: tuple[Metric, ...] = (
    BUILD,
    STAGE,
    BATCH_SIZE,
    BATCH_SECONDS,
    ABORTS,
    LAG,
    COMMITTED,
    MASKED,
    DELIVERIES,
    DELIVERY_SECONDS,
    BACKLOG,
    OLDEST,
    CONDITION,
    WAY_OFF,
    DEAD,
    DECISIONS,
    NEAR_DUE,
    PAST_DUE,
    CALENDAR,
    TICK,
    NOTICES,
    NOTICES_WAITING,
    NOTICES_OLDEST,
    REQUESTS,
    REQUEST_SECONDS,
    ROWS,
    SITE_REQUESTS,
    SITE_SECONDS,
    LOOKS,
    PROBE_FINDINGS,
    UNSEEN,
    UNSEEN_OLDEST,
    SEEN_WITHIN,
)
