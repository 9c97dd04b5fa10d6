"""An exchange database (前置库) with a table of penalties, on whichever server a test gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    create_engine,
    insert,
    select,
    update,
)

from connectors.database.config import Source, load_source
from connectors.database.opening import open_source
from connectors.database.position import PositionFile
from connectors.database.puller import Puller
from tests.connectors.folder.office import CODE, GOOD, FakeSends, make_desk

COLUMNS = {code: code.lower() for code in GOOD}
TYPES: dict[str, Any] = {"CF_JDRQ": Date(), "CF_YXQ": Date(), "CF_NR_FK": Numeric(14, 6), "CF_SY": Text()}
PENALTIES = Table(
    "xzcf",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=True),
    *(Column(name, TYPES.get(code, String(200))) for code, name in COLUMNS.items()),
    Column("changed_at", DateTime(timezone=True)),
    Column("zt", Integer, nullable=False, default=0),
    Column("thyy", String(500)),
)
TOML = {
    "name": "scjg",
    "department": CODE,
    "url_env": "SCJG_URL",
    "mode": "timestamp+incrementing",
    "table": "xzcf",
    "key": "id",
    "timestamp": "changed_at",
    "incrementing": "id",
    "timezone": "UTC",
    "delay_s": 0,
    "poll_s": 0.02,
    "batch_rows": 3,
    "columns": COLUMNS,
}
OUTBOX = {
    "mode": "outbox",
    "outbox": {"status": "zt", "pending": 0, "accepted": 1, "refused": 2, "message": "thyy"},
}
START = datetime(2026, 9, 1, tzinfo=UTC)


def row(number: int, **other: Any) -> dict[str, Any]:
    """Return a good row, typed, with a document number and a time of its own."""
    typed: dict[str, Any] = {COLUMNS[code]: text for code, text in GOOD.items()}
    typed |= {
        "cf_jdrq": date(2026, 9, 22),
        "cf_yxq": date(2027, 9, 22),
        "cf_nr_fk": Decimal("2.000000"),
        "cf_wsh": f"济市监罚〔2026〕{number}号",
        "changed_at": START + timedelta(seconds=number),
        "zt": 0,
        "thyy": None,
    }
    return typed | other


@dataclass(slots=True, kw_only=True)
class Exchange:
    """The database, and a puller of it that can be started anew."""

    url: str
    folder: Path
    sends: FakeSends = field(default_factory=FakeSends)
    engine: Engine = field(init=False)
    opened: list[Engine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = create_engine(self.url)
        PENALTIES.create(self.engine)

    def close(self) -> None:
        for engine in (self.engine, *self.opened):
            engine.dispose()

    def add(self, *rows: dict[str, Any]) -> None:
        with self.engine.begin() as connection:
            for one in rows:
                connection.execute(insert(PENALTIES).values(one))

    def change(self, number: int, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(PENALTIES).where(PENALTIES.c.id == number).values(values))

    def column(self, name: str) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(select(PENALTIES.c[name]).order_by(PENALTIES.c.id)).scalars())

    def source(self, **told: Any) -> Source:
        url = self.url.replace("+psycopg", "").replace("+pymysql", "")  # as departments write it
        return load_source(Path("scjg.toml"), {**TOML, **told}, {"SCJG_URL": url})

    def puller(
        self, clock: Callable[[], float] = lambda: 0.0, now: Callable[[], datetime] | None = None, **told: Any
    ) -> Puller:
        """Return a puller as after a restart: it knows only what its position file holds."""
        source = self.source(**told)
        engine = open_source(source.name, source.url.get_secret_value())
        self.opened.append(engine)
        return Puller(
            source=source,
            engine=engine,
            position=PositionFile(self.folder / f"{source.name}.json"),
            desk=make_desk(self.sends),
            now=now or (lambda: datetime.now(UTC)),
            clock=clock,
        )

    @property
    def numbers(self) -> list[str]:
        """Document numbers that were sent, in order."""
        return [one.columns["CF_WSH"] for one in self.sends.events]


def numbers(some: Sequence[int]) -> list[str]:
    """Return the document numbers of `row`s."""
    return [f"济市监罚〔2026〕{number}号" for number in some]
