"""A real MariaDB of Debian's, started for the tests, and gone with them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymysql

from streams.embedded.child import Child
from streams.embedded.ports import LOOPBACK, free_port

_SERVER = Path("/usr/sbin/mariadbd")
_USER = "mysql"


@contextmanager
def mariadb() -> Iterator[str]:
    """Give the server's address, `user@host:port`. Raises `RuntimeError` where there is none to start."""
    if not _SERVER.exists():
        raise RuntimeError("MariaDB is missing: run tests/install-debian-packages")
    # temporary folders of others are closed to the user that the server runs as
    folder = Path(tempfile.mkdtemp(prefix="gongshi-mariadb-"))
    try:
        with _running(folder) as address:
            yield address
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    user = _USER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    data = f"--datadir={folder / 'data'}"
    subprocess.run(
        [
            "mariadb-install-db",
            "--no-defaults",
            data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        user=user,
        group=user,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    port = free_port()
    # setpriv ties the server to this process after it has changed the user, which would cut the tie
    become = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups") if user else ("setpriv",)
    given = (f"--socket={folder / 'socket'}", f"--bind-address={LOOPBACK}", f"--port={port}")
    quick = ("--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0")
    server = Child(
        (*become, "--pdeathsig=KILL", str(_SERVER), "--no-defaults", data, *given, *quick), log=folder / "log"
    )
    try:
        for _ in range(300):
            try:
                pymysql.connect(host=LOOPBACK, port=port, user="root", connect_timeout=1).close()
            except pymysql.OperationalError:
                if server.wait(0.1) is not None:
                    break
            else:
                yield f"root@{LOOPBACK}:{port}"
                return
        raise RuntimeError(f"MariaDB did not start: {server.tail()}")
    finally:
        server.stop()
