"""Free ports for the embedded parts, the same ones again for the same data folder."""

import json
import secrets
import socket
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from streams.domain.errors import UnavailableError

LOOPBACK = "127.0.0.1"
FIRST, LAST = 20_000, 32_000
"""Below the range from which systems take ports for outgoing connections: a client that tries to reach a
part that is away would otherwise now and then sit on that very port."""
TRIES = 200

_given: set[int] = set()  # by this process: a part may not listen on its port yet when the next one is picked


def is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` of this machine now."""
    with closing(socket.socket()) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a free port that was not given before. Raises `UnavailableError` when none is found."""
    for _ in range(TRIES):
        port = FIRST + secrets.randbelow(LAST - FIRST)
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise UnavailableError(f"no free port between {FIRST} and {LAST} on this machine: stop what holds them")


def kept_ports(file: Path, names: Sequence[str]) -> dict[str, int]:
    """Return name → port as kept in `file`; one that is new there or taken gets another."""
    known: dict[str, int] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    ports: dict[str, int] = {}
    for name in names:
        port = known.get(name, 0)
        ports[name] = port if port and is_free(port) else free_port()
        _given.add(ports[name])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**known, **ports}, indent=1) + "\n", encoding="utf-8")
    return ports
