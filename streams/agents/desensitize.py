"""Masks personal data, and holds what a person must see first; only what comes out may go to a portal."""

from collections.abc import Callable
from typing import Any

from streams.domain.desensitizing import desensitize as rule
from streams.domain.holding import hold
from streams.domain.privacy import Redactor
from streams.domain.stages import Enriched, Held, Released


def add_desensitize(app: Any, source: Any, *, redactor: Redactor, masked: Callable[[str, int], None]) -> None:
    """Add the agent that takes `Batch[Enriched]` from `source` and settles it as `Released`, or held.

    `masked` is told the kind of personal data and the number of places, once a decision and kind.
    """

    def counted(enriched: Enriched) -> Released | Held:
        outcome = hold(rule(enriched, redactor=redactor), enriched)
        if isinstance(outcome, Released):
            for kind, places in outcome.public.masked.items():
                masked(kind, places)
        return outcome

    @app.agent(source, name="desensitize")  # type: ignore[untyped-decorator]  # Faust has no types
    async def desensitize(batches: Any) -> None:
        async for batch in batches:
            with batch.guarded():
                batch.through("desensitize", counted).settle()
