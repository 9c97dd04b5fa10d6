"""A real MariaDB of Debian's, started for the tests, and gone with them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymysql

from benchmarks.server_user import ServerUser, server_user
from streams.embedded.child import Child
from streams.embedded.ports import LOOPBACK, free_port

_SERVER = Path("/usr/sbin/mariadbd")


@contextmanager
def mariadb() -> Iterator[str]:
    """Give the server's address, `user@host:port`. Raises `RuntimeError` where there is none to start."""
    if not _SERVER.exists():
        raise RuntimeError("MariaDB is missing: run tests/install-debian-packages")
    user = server_user("mysql", "gongshi-mariadb-")
    try:
        with _running(user) as address:
            yield address
    finally:
        shutil.rmtree(user.folder)


@contextmanager
def _running(user: ServerUser) -> Iterator[str]:
    data = f"--datadir={user.folder / 'data'}"
    user.run(
        "mariadb-install-db",
        "--no-defaults",
        data,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    )
    port = free_port()
    given = (f"--socket={user.folder / 'socket'}", f"--bind-address={LOOPBACK}", f"--port={port}")
    quick = ("--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0")
    command = (*user.become, str(_SERVER), "--no-defaults", data, *given, *quick)
    server = Child(command, log=user.folder / "log")
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
