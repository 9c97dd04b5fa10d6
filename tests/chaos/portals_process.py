"""Six reference portals in one process, on TLS: `portals_process.py FOLDER SECRET PORTAL=PORT…`."""

import asyncio
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path

from sinks.reference.door import Certificates
from sinks.reference.portal import ReferencePortal
from streams.domain.stages import PortalId


def context(folder: Path, name: str) -> ssl.SSLContext:
    """Return what shows the certificate of that name."""
    chosen = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    chosen.load_cert_chain(folder / f"{name}.pem")
    return chosen


async def main(folder: Path, secret: str, ports: dict[str, int]) -> None:
    """Be all portals until killed."""
    for name, port in ports.items():
        portal = ReferencePortal(PortalId(name), secret, folder / f"{name}.sqlite", lambda: datetime.now(UTC))
        shown = Certificates(good=context(folder, "good"), expired=context(folder, "expired"))
        await portal.start("127.0.0.1", port, shown)
    await asyncio.Event().wait()


if __name__ == "__main__":
    given = {name: int(port) for name, _, port in (one.partition("=") for one in sys.argv[3:])}
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], given))
