"""Masks personal data; only what comes out of here may go to a portal."""

from collections.abc import Callable
from typing import Any

from streams.domain.stages import Enriched, Released


def add_desensitize(app: Any, source: Any, *, rule: Callable[[Enriched], Released]) -> None:
    """Add the agent that takes `Batch[Enriched]` from `source` and settles it as `Released`."""

    @app.agent(source, name="desensitize")  # type: ignore[untyped-decorator]
    async def desensitize(batches: Any) -> None:
        async for batch in batches:
            with batch.guarded():
                batch.through("desensitize", rule).settle()
