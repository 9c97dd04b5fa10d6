"""A real PostgreSQL of Debian's, started for a benchmark or the tests, and gone with them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from benchmarks.server_user import server_user
from streams.embedded.child import Child
from streams.embedded.ports import LOOPBACK, free_port

USER = "postgres"


class Server:
    """One server on a port and in a folder of its own, that may be killed and started again."""

    def __init__(self, *, fsync: bool, **settings: str) -> None:
        """Make the data folder; `settings` are the server's own. Raises `RuntimeError` where there is no server to start."""
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not programs:
            raise RuntimeError("PostgreSQL is missing: run tests/install-debian-packages")
        user = server_user(USER, "gongshi-postgres-")
        self._folder = user.folder
        user.run(
            programs[-1] / "initdb", "-D", self._folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8"
        )
        port = free_port()
        chosen = {"fsync": "on" if fsync else "off", "unix_socket_directories": self._folder, **settings}
        given = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        server = (str(programs[-1] / "postgres"), "-D", str(self._folder / "data"))
        self._command = (*user.become, *server, "-h", LOOPBACK, "-p", str(port), *given)
        self.address = f"{USER}@{LOOPBACK}:{port}"
        self._process: Child | None = None

    def start(self) -> None:
        """Start it, and return when it lets one in."""
        self._process = Child(self._command, log=self._folder / "log")
        for _ in range(300):
            try:
                psycopg.connect(f"postgresql://{self.address}/postgres", connect_timeout=1).close()
            except psycopg.OperationalError:
                if self._process.wait(0.1) is not None:
                    break
            else:
                return
        self._process.kill()
        raise RuntimeError(f"PostgreSQL did not start: {self._process.tail()}")

    def kill(self) -> None:
        """Kill it with all of its processes, as a power failure would, but for what the disk has."""
        if self._process is None:
            return
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self._process.pid).children(recursive=True)
            self._process.kill()
            for child in children:  # each has a session of its own
                with suppress(psutil.NoSuchProcess):
                    child.kill()
            psutil.wait_procs(children)

    def close(self) -> None:
        """Stop it and delete its folder."""
        if self._process is not None:
            self._process.stop()
        shutil.rmtree(self._folder)


@contextmanager
def postgres(*, fsync: bool, **settings: str) -> Iterator[str]:
    """Give the server's address, `user@host:port`. Raises `RuntimeError` where there is none to start."""
    server = Server(fsync=fsync, **settings)
    try:
        server.start()
        yield server.address
    finally:
        server.close()
