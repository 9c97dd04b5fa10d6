"""A real PostgreSQL of Debian's, started for a benchmark or the tests, and gone with them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from streams.embedded.child import Child
from streams.embedded.ports import LOOPBACK, free_port

USER = "postgres"


@contextmanager
def postgres(*, fsync: bool) -> Iterator[str]:
    """Give the server's address, `user@host:port`. Raises `RuntimeError` where there is none to start."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise RuntimeError("PostgreSQL is missing: run tests/install-debian-packages")
    # temporary folders of others are closed to the user that the server runs as
    folder = Path(tempfile.mkdtemp(prefix="gongshi-postgres-"))
    user = USER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    subprocess.run(
        [programs[-1] / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8"],
        user=user,
        group=user,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    port = free_port()
    # setpriv ties the server to this process after it has changed the user, which would cut the tie.
    become = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups") if user else ("setpriv",)
    settings = ("-c", f"fsync={'on' if fsync else 'off'}", "-c", f"unix_socket_directories={folder}")
    command = (*become, "--pdeathsig=KILL", str(programs[-1] / "postgres"), "-D", str(folder / "data"))
    server = Child((*command, "-h", LOOPBACK, "-p", str(port), *settings), log=folder / "log")
    address = f"{USER}@{LOOPBACK}:{port}"
    _await(address, server)
    try:
        yield address
    finally:
        server.stop()
        shutil.rmtree(folder)


def _await(address: str, server: Child) -> None:
    for _ in range(300):
        try:
            psycopg.connect(f"postgresql://{address}/postgres", connect_timeout=1).close()
        except psycopg.OperationalError:
            if server.wait(0.1) is not None:
                break
        else:
            return
    server.kill()
    raise RuntimeError(f"PostgreSQL did not start: {server.tail()}")
