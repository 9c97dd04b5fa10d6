"""Everything on one machine: which parts `gongshi up` and `gongshi demo` run, and where they answer."""

import base64
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from sinks.ledger.database import migrate
from streams.catalogue.file import load_catalogue
from streams.clock import now
from streams.embedded.broker import Broker
from streams.embedded.parts import Part
from streams.embedded.ports import LOOPBACK, kept_ports
from streams.embedded.supervisor import Supervisor
from streams.engine import topic_admin
from streams.engine.driver import admin_of
from streams.files.portals import load_portals
from streams.local_tokens import make_local_tokens
from streams.settings import Settings
from streams.sharing import Sharing
from streams.topics import ALL, PORTALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How many processes of a role run."""

    review: int = 1
    deliver: int = 1


class Stack:
    """Starts the embedded parts that the environment does not name, and every role of the system."""

    def __init__(self, settings: Settings, data: Path, scale: Scale, tick_s: float | None = None) -> None:
        """Take the folder that keeps the state; `tick_s` makes the deadline agent look more often."""
        self._settings = settings
        self._data = data.absolute()
        self._scale = scale
        self._tick_s = tick_s or settings.deadline_interval_s
        self._cache = settings.cache.expanduser()
        self._portals_file = (settings.portals or self._data / "portals.toml").absolute()
        url = settings.database_url.get_secret_value()
        self.database_url = url or f"sqlite:///{self._data / 'ledger.sqlite'}"
        self.sharing = Sharing(settings, self._data, _secret)
        self.kafka: Mapping[str, Any] = {}
        self.supervisor = Supervisor(self._data, started_at=now())

    def start(self) -> None:
        """Start everything and wait until it is ready; raises `UnavailableError` when a part is not."""
        self._start_broker()
        topic_admin.apply(admin_of(self.kafka), ALL)
        if self._settings.registry_url:
            from schemas.registry import RegistryStore  # noqa: PLC0415 -- see streams.world

            with RegistryStore(self._settings.registry_url) as registry:
                registry.register_all()
        migrate(self.database_url)
        portals = self._reference_portals() + self.sharing.platform(self._gongshi, self._environment())
        self.supervisor.publish(
            {
                "registry": self._settings.registry_url,
                "database": self._shown_database(),
                "portals": {portal.id: portal.url for portal in load_portals(self._portals_file)},
                "pages": {},
            }
        )
        workers = [*self._workers(), self._intake(), self._site()]
        self.supervisor.publish({"metrics": {part.name: part.addresses["metrics"] for part in workers}})
        self.supervisor.start([*portals, *workers])

    def _start_broker(self) -> None:
        if self._settings.bootstrap_servers:
            self.kafka = self._settings.kafka()
        else:
            broker = Broker(data=self._data / "broker", cache=self._cache)
            self.kafka = {"bootstrap.servers": broker.bootstrap_servers}
            address = {"bootstrap_servers": broker.bootstrap_servers}
            part = Part(name="broker", command=broker.command(), ready=broker.ready, addresses=address)
            self.supervisor.start([part])
        self.supervisor.publish({"bootstrap_servers": self.kafka["bootstrap.servers"]})

    def _reference_portals(self) -> list[Part]:
        if self._settings.portals:
            return []
        ports = kept_ports(self._data / "portal-ports.json", PORTALS)
        if not self._portals_file.exists() or self._moved(ports):
            self._write_portals(ports)
        return [
            Part(
                name=f"portal-{name}",
                command=self._gongshi(
                    "portal", name, "--port", str(port), "--data", str(self._data / "portals")
                ),
                env=self._environment(),
                ready=f"http://{LOOPBACK}:{port}/statistics",
                addresses={"url": f"http://{LOOPBACK}:{port}"},
                together=True,
            )
            for name, port in ports.items()
        ]

    def _moved(self, ports: Mapping[str, int]) -> bool:
        known = {str(one.id): (one.url, one.watch.probe) for one in load_portals(self._portals_file)}
        return any(
            known.get(name) != (_address(port), self._probe(name, port)) for name, port in ports.items()
        )

    def _write_portals(self, ports: Mapping[str, int]) -> None:
        lines = [
            f'[{name}]\nurl = "{_address(port)}"\nsecret = "{_secret()}"\n'
            f'probe = "{self._probe(name, port)}"\n'
            for name, port in ports.items()
        ]
        self._portals_file.touch(mode=0o600)
        self._portals_file.write_text("\n".join(lines), encoding="utf-8")

    def _probe(self, name: str, port: int) -> str:
        """Return where to see what a portal shows: 双公示专栏 is the face of its portal."""
        if name == self._settings.site_portal:
            return f"site+http://{LOOPBACK}:{self._site_ports()['site']}/"
        return f"{_address(port)}/{{key}}"

    def _site_ports(self) -> Mapping[str, int]:
        return kept_ports(self._data / "site-ports.json", ["site", "metrics"])

    def _workers(self) -> list[Part]:
        names = {
            **{f"review-{n}": "review" for n in range(1, self._scale.review + 1)},
            "record": "record",
            **{f"deliver-{n}": "deliver" for n in range(1, self._scale.deliver + 1)},
            **({"share": "share"} if self.sharing.wanted else {}),
            "deadline": "deadline",
        }
        ports = kept_ports(self._data / "metrics-ports.json", list(names))
        workers = [self._worker(name, role, ports[name]) for name, role in names.items()]
        return [
            replace(one, env={**one.env, **self.sharing.environment()}) if one.name == "share" else one
            for one in workers
        ]

    def _intake(self) -> Part:
        ports = kept_ports(self._data / "intake-ports.json", ["http", "metrics"])
        tokens, readable = self._settings.tokens, None
        if tokens is None:
            codes = load_catalogue(self._settings.catalogue).codes()
            tokens, readable = make_local_tokens(self._data, codes)
        intake = {"url": f"http://{LOOPBACK}:{ports['http']}", "tokens": str(readable or "")}
        self.supervisor.publish({"intake": intake})
        own = {
            "GONGSHI_HTTP_HOST": LOOPBACK,
            "GONGSHI_HTTP_PORT": str(ports["http"]),
            "GONGSHI_TOKENS": str(tokens.absolute()),
        }
        part = self._worker("serve", "serve", ports["metrics"])
        return replace(part, env={**part.env, **own}, addresses={**part.addresses, "url": intake["url"]})

    def _site(self) -> Part:
        ports = self._site_ports()
        url = f"http://{LOOPBACK}:{ports['site']}"
        self.supervisor.publish({"pages": {"双公示专栏": f"{url}/"}})
        own = {
            "GONGSHI_SITE_HOST": LOOPBACK,
            "GONGSHI_SITE_PORT": str(ports["site"]),
            "GONGSHI_SITE_KEY": self._site_key(),
        }
        part = self._worker("site", "site", ports["metrics"])
        return replace(part, env={**part.env, **own}, addresses={**part.addresses, "url": url})

    def _site_key(self) -> str:
        """Return the key of the pages' names: it must stay, as the addresses follow from it."""
        given = self._settings.site_key.get_secret_value()
        file = self._data / "site.key"
        if given or file.exists():
            return given or file.read_text(encoding="ascii")
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
        return file.read_text(encoding="ascii")

    def _worker(self, name: str, role: str, port: int) -> Part:
        url = f"http://{LOOPBACK}:{port}"
        environment = {"GONGSHI_SLOT": name, "GONGSHI_METRICS_PORT": str(port)}
        return Part(
            name=name,
            command=self._gongshi("worker", role),
            env={**self._environment(), **environment},
            ready=f"{url}/ready",
            addresses={"metrics": f"{url}/metrics", "live": f"{url}/live", "ready": f"{url}/ready"},
            together=True,
        )

    def _environment(self) -> dict[str, str]:
        return {
            "GONGSHI_BOOTSTRAP_SERVERS": str(self.kafka["bootstrap.servers"]),
            "GONGSHI_DATABASE_URL": self.database_url,
            "GONGSHI_PORTALS": str(self._portals_file),
            "GONGSHI_STATE_DIR": str(self._data / "state"),
            "GONGSHI_DEADLINE_INTERVAL_S": str(self._tick_s),
        }

    def _shown_database(self) -> str:
        return make_url(self.database_url).render_as_string(hide_password=True)

    def _gongshi(self, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "streams", *arguments)


def _address(port: int) -> str:
    return f"http://{LOOPBACK}:{port}/decisions"


def _secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
