"""A real schema registry, Apicurio with Confluent's API, as a child process."""

import tarfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from streams.embedded.fetching import Bundle, ensure, read_pins
from streams.embedded.java import QUICK_START, java
from streams.embedded.local_http import answers
from streams.embedded.ports import LOOPBACK, kept_ports
from streams.embedded.server import Server

APICURIO = Bundle(
    title="Apicurio Registry 3.3.3",
    folder="apicurio-registry-3.3.3",
    archives=read_pins(Path(__file__).with_name("registry-archive.txt")),
    instead="set GONGSHI_REGISTRY_URL to a running registry",
)
HEAP_MIB = 128


class Registry(Server):
    """A registry whose schemas and port stay in its data folder."""

    name = "registry"

    def __init__(self, *, data: Path, cache: Path, port: int = 0) -> None:
        """Take its data folder and the cache of programs; a port of 0 is picked once and kept in `data`."""
        super().__init__(data)
        self._cache = cache
        self._port = port

    @cached_property
    def _ports(self) -> Mapping[str, int]:
        picked = ("management_port",) if self._port else ("port", "management_port")
        return {"port": self._port, **kept_ports(self.data / "ports.json", picked)}

    @property
    def url(self) -> str:
        """Address of its Confluent-compatible API, as `GONGSHI_REGISTRY_URL` takes it."""
        return f"http://{LOOPBACK}:{self._ports['port']}/apis/ccompat/v7"

    def command(self) -> tuple[str, ...]:
        """Fetch the registry at first use and return what starts it.

        Raises `UnavailableError` when it cannot be fetched, `ConfigurationError` without the extra
        `embedded`.
        """
        runtime = str(java())
        home = ensure(APICURIO, self._cache, _unpack)
        properties = {
            "quarkus.http.host": LOOPBACK,
            "quarkus.http.port": str(self._ports["port"]),
            "quarkus.management.host": LOOPBACK,
            "quarkus.management.port": str(self._ports["management_port"]),
            # Without the delay of 0 a schema that was just registered is lost with the process.
            "apicurio.datasource.url": f"jdbc:h2:file:{(self.data / 'schemas').resolve()};WRITE_DELAY=0",
            "apicurio.datasource.jdbc.initial-size": "2",
            "apicurio.datasource.jdbc.min-size": "2",
            "apicurio.datasource.jdbc.max-size": "10",
        }
        settings = tuple(f"-D{name}={value}" for name, value in properties.items())
        jar = str(home / "quarkus-run.jar")
        return (runtime, *QUICK_START, f"-Xmx{HEAP_MIB}m", *settings, "-jar", jar)

    def ready(self) -> bool:
        """Tell whether it serves and, from now on, refuses schemas that cannot read older records.

        Its own default accepts every schema.
        """
        return answers(f"{self.url}/config", put=b'{"compatibility": "BACKWARD"}')


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as content:
        # Python before 3.11.4 knows no filters; the archive is pinned by its content either way.
        content.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        content.extractall(folder)  # noqa: S202 -- filtered above
