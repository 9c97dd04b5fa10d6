"""Masks personal data; only what comes out of here may go to a portal."""

from collections.abc import Callable
from typing import Any

from streams.domain.desensitizing import desensitize as rule
from streams.domain.privacy import Redactor
from streams.domain.stages import Enriched, Released


def add_desensitize(app: Any, source: Any, *, redactor: Redactor, masked: Callable[[str, int], None]) -> None:
    """Add the agent that takes `Batch[Enriched]` from `source` and settles it as `Released`.

    `masked` is told the kind of personal data and the number of places, once a decision and kind.
    """

    def counted(enriched: Enriched) -> Released:
        released = rule(enriched, redactor=redactor)
        for kind, places in released.public.masked.items():
            masked(kind, places)
        return released

    @app.agent(source, name="desensitize")  # type: ignore[untyped-decorator]
    async def desensitize(batches: Any) -> None:
        async for batch in batches:
            with batch.guarded():
                batch.through("desensitize", counted).settle()
