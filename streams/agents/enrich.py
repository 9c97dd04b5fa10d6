"""Adds what the catalogue knows, and sets aside what the law forbids to publish."""

from collections.abc import Callable
from functools import partial
from typing import Any

from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.enriching import enrich as rule


def add_enrich(
    app: Any, source: Any, target: Any, *, catalogue: Callable[[], Catalogue], calendar: Calendar
) -> None:
    """Add the agent that takes `Batch[Checked]` from `source` and puts `Batch[Enriched]` on `target`.

    `catalogue` is asked for every batch, so that a running worker takes up a new version.
    """

    @app.agent(source, name="enrich")  # type: ignore[untyped-decorator]  # Faust has no types
    async def enrich(batches: Any) -> None:
        async for batch in batches:
            with batch.guarded():
                version = partial(rule, catalogue=catalogue(), calendar=calendar)
                await target.put(batch.through("enrich", version))
