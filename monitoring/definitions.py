"""Every metric that a process can show: name, kind, help and labels, as one list."""

from monitoring.metric import Metric, counter, gauge, histogram, info

SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
BUILD = info("gongshi_build_info", "Version of this process and of its Python.", "version", "python")
STAGE = counter(
    "gongshi_stage_decisions_total",
    "Decisions that left a stage of the review, by outcome; all outcomes together are what went in.",
    "stage",
    "outcome",
)
BATCH_SIZE = histogram(
    "gongshi_batch_records",
    "Records in a committed batch; the sum is what was read from Kafka.",
    buckets=(1, 3, 10, 30, 100, 300, 1000, 3000),
)
BATCH_SECONDS = histogram(
    "gongshi_batch_duration_seconds", "From reading a batch to its commit.", buckets=SECONDS
)
ABORTS = counter(
    "gongshi_transaction_aborts_total", "Aborted Kafka transactions; their batches are read again.", "reason"
)
LAG = gauge(
    "gongshi_consumer_lag_records",
    "Records of an assigned partition that are still to be read.",
    "topic",
    "partition",
)
COMMITTED = gauge(
    "gongshi_consumer_committed_offset",
    "Next offset of an assigned partition after the last commit.",
    "topic",
    "partition",
)
MASKED = counter(
    "gongshi_masked_total",
    "Places where personal data was masked before publication, by kind of data.",
    "kind",
)
DELIVERIES = counter(
    "gongshi_delivery_attempts_total",
    "Attempts to deliver a decision to a portal, by how they ended.",
    "portal",
    "verdict",
)
DELIVERY_SECONDS = histogram(
    "gongshi_delivery_duration_seconds", "How long one attempt took.", "portal", buckets=SECONDS
)
BACKLOG = gauge(
    "gongshi_delivery_backlog",
    "Deliveries that wait for a portal. Every deliver process shows the whole ledger: take the max.",
    "portal",
)
OLDEST = gauge(
    "gongshi_delivery_oldest_age_seconds",
    "Age of the oldest delivery that waits for a portal, 0 when none waits. Take the max.",
    "portal",
)
CONDITION = gauge(
    "gongshi_portal_condition",
    "1 for the condition that a portal is in: closed (works), open (fails), half_open (is tried), off.",
    "portal",
    "condition",
)
WAY_OFF = gauge(
    "gongshi_portal_way_off_ratio",
    "How far a failing portal is on the way to being switched off, from 0 to 1.",
    "portal",
)
DEAD = gauge(
    "gongshi_dead_letters",
    "Deliveries that a portal refused for good and that wait for a person. Take the max.",
    "portal",
)
DECISIONS = gauge("gongshi_decisions", "Decisions in the ledger by status. Take the max.", "status")
HELD_OLDEST = gauge(
    "gongshi_held_oldest_age_seconds",
    "Age of the decision that waits longest for a person, 0 when none waits. Take the max.",
)
OUTGOING_OLDEST = gauge(
    "gongshi_outgoing_oldest_age_seconds",
    "Age of the oldest receipt, alert or withdrawal that Kafka has not taken from the ledger. Take the max.",
)
DEPARTMENT = info("gongshi_department_info", "Name of a department of the catalogue.", "department", "name")
DEPARTMENT_DECISIONS = counter(
    "gongshi_department_decisions_total",
    "Decisions that the review is done with, by department code and outcome.",
    "department",
    "outcome",
)
NEAR_DUE = gauge(
    "gongshi_decisions_near_due",
    "Decisions not yet public everywhere whose due day is near, by department code. Take the max.",
    "department",
)
PAST_DUE = gauge(
    "gongshi_decisions_past_due",
    "Decisions not public everywhere although the due day has passed, by department code. Take the max.",
    "department",
)
OPEN = gauge(
    "gongshi_decisions_open",
    "Decisions not yet public everywhere, by department code and working days left or overdue. Take the max.",
    "department",
    "working_days_left",
)
DAY = gauge(
    "gongshi_working_day_timestamp_seconds",
    "Beginning, in China, of the day until which so many working days are left, Unix time. Take the max.",
    "working_days_left",
)
WORKING_DAY = gauge("gongshi_working_day", "1 when offices work today, 0 on a day off.")
CALENDAR = gauge(
    "gongshi_calendar_year_known",
    "1 where the State Council's holidays of a year are known, 0 where weekdays are guessed from.",
    "year",
)
CALENDAR_END = gauge(
    "gongshi_calendar_known_until_timestamp_seconds",
    "End of the last year whose holidays are known, Unix time.",
)
TICK = gauge(
    "gongshi_deadline_last_tick_timestamp_seconds", "When the due days were last looked at, Unix time."
)
NOTICES = counter(
    "gongshi_notices_total",
    "Alerts tried on a channel (alertmanager, webhook, mail), by how the try ended.",
    "channel",
    "verdict",
)
NOTICES_WAITING = gauge("gongshi_notices_waiting", "Alerts that a channel has not taken yet.", "channel")
NOTICES_OLDEST = gauge(
    "gongshi_notices_oldest_age_seconds",
    "Age of the oldest alert that a channel has not taken yet.",
    "channel",
)
REQUESTS = counter(
    "gongshi_intake_requests_total",
    "Requests to the HTTP intake, by route and status of the answer.",
    "route",
    "status",
)
REQUEST_SECONDS = histogram(
    "gongshi_intake_request_duration_seconds",
    "From the head of a request to its answer, the upload included.",
    "route",
    buckets=SECONDS,
)
ROWS = counter(
    "gongshi_intake_rows_total", "Rows handed in over HTTP, by what their department was told.", "outcome"
)
SITE_REQUESTS = counter(
    "gongshi_site_requests_total",
    "Requests to the public site, by route and status of the answer.",
    "route",
    "status",
)
SITE_SECONDS = histogram(
    "gongshi_site_request_duration_seconds",
    "From a request to the public site to its answer; live pages are not counted.",
    "route",
    buckets=(0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
)
LOOKS = counter(
    "gongshi_probe_looks_total",
    "Looks whether a portal shows what it has accepted, by what was seen.",
    "portal",
    "sight",
)
PROBE_FINDINGS = gauge(
    "gongshi_probe_findings",
    "Accepted revisions that a portal does not show as it should, after the time it has. Take the max.",
    "portal",
    "sight",
)
UNSEEN = gauge(
    "gongshi_probe_unseen",
    "Accepted revisions that a portal was not seen to show yet, findings among them. Take the max.",
    "portal",
)
UNSEEN_OLDEST = gauge(
    "gongshi_probe_unseen_oldest_age_seconds",
    "How long the oldest of these was accepted, or no longer seen; 0 when none. Take the max.",
    "portal",
)
SEEN_WITHIN = gauge(
    "gongshi_probe_seen_within_seconds",
    "How long a portal may take to show what it has accepted, as configured.",
    "portal",
)
CERTIFICATE = gauge(
    "gongshi_certificate_expiry_timestamp_seconds",
    "When a TLS certificate ends: a portal's by its id, or that of the HTTP intake. Take the min.",
    "endpoint",
)
DISK_FREE = gauge(
    "gongshi_disk_free_bytes", "What is left to this process on the disk of a data folder.", "place"
)
DISK_SIZE = gauge("gongshi_disk_size_bytes", "Size of the disk of a data folder.", "place")
SKEW = gauge("gongshi_clock_skew_seconds", "How far this process's clock is ahead of another's.", "against")

ALL: tuple[Metric, ...] = tuple(value for value in globals().copy().values() if isinstance(value, Metric))
"""In the order of this file."""
