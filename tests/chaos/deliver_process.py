"""`gongshi worker deliver` at a pace that lets a test see the end of leases and breakers."""

from datetime import timedelta

from sinks.breaking import Breaking
from sinks.pace import Pace
from sinks.retrying import Retries
from streams.process import run_process
from streams.roles import NEEDS
from streams.roles.deliver import parts
from streams.settings import load
from streams.world import make_world

PACE = Pace(
    lease=timedelta(seconds=10),
    retries=Retries(base=timedelta(milliseconds=200), longest=timedelta(seconds=1)),
    breaking=Breaking(first=timedelta(milliseconds=200), longest=timedelta(seconds=1)),
    longest_pause=timedelta(seconds=0.5),
)

if __name__ == "__main__":
    settings = load()
    run_process(parts(make_world(settings, *NEEDS["deliver"]), PACE), settings.log_level)
