"""`gongshi review`: a person looks at what is held, and rules on it."""

from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import click
import orjson

from connectors.sender import Sender
from schemas.codec import Codec
from sinks.holds import HeldLine, held
from sinks.ledger.database import open_ledger
from streams.clock import now
from streams.commands.options import data_option, find_database, find_kafka
from streams.commands.tables import console, table
from streams.domain.columns import TEMPLATES
from streams.domain.errors import RefusedError
from streams.domain.keys import document_number
from streams.domain.stages import DecisionKey, EventId, Ground, Review, Ruling, Submitted
from streams.engine.lookup import record_at
from streams.ids import new_event_id
from streams.records import Output
from streams.settings import load
from streams.topics import SUBMITTED
from streams.world import codec_of

DECLARED = (Ground.STATE_SECRET, Ground.TRADE_SECRET, Ground.PRIVACY, Ground.SECURITY, Ground.MINOR)
GROUNDS = click.Choice([ground.value for ground in DECLARED])
RULED = {Ruling.APPROVE: "已放行", Ruling.WITHHOLD: "已定为不予公开", Ruling.RETURN: "已退回"}

name_argument = click.argument("name", metavar="KEY|文号")
by_option = click.option("--by", required=True, metavar="NAME", help="Who rules; goes to the audit trail.")
note_option = click.option("--reason", default="", help="Why; kept with the hand-in.")


@click.group(name="review")
def command() -> None:
    """Decide what becomes of decisions that are held for signs of secrecy; their clock is running."""


@command.command(name="list")
@data_option
@click.option("--json", "as_json", is_flag=True, help="A JSON line a decision.")
def list_held(data: Path, *, as_json: bool) -> None:
    """Show what is held, the most urgent first."""
    lines = held(open_ledger(find_database(load(), data)))
    if as_json:
        for line in lines:
            click.echo(orjson.dumps(asdict(line)).decode())
        return
    listed = table("公示期限", "决定", "部门", "原因")
    for line in lines:
        reasons = "\n".join(sign.message for sign in line.signs)
        listed.add_row(str(line.due_on), line.key, line.department, reasons)
    console().print(listed)


@command.command(name="show")
@name_argument
@data_option
def show(name: str, data: Path) -> None:
    """Print a held decision in full, as it was handed in; it holds personal data."""
    line = _the_one(name, data)
    submitted = _handed_in(line, data, codec_of(load()))
    columns = TEMPLATES[submitted.kind]
    for code, text in submitted.columns.items():
        click.echo(f"{columns[code].name if code in columns else code}：{text}")
    for sign in line.signs:
        click.echo(f"原因 {sign.column} [{sign.code}] {sign.message}")


@command.command(name="approve")
@name_argument
@by_option
@note_option
@data_option
def approve(name: str, by: str, reason: str, data: Path) -> None:
    """Have a held decision published as it was handed in."""
    _rule(name, data, Ruling.APPROVE, by=by, reason=reason)


@command.command(name="withhold")
@name_argument
@by_option
@click.option(
    "--ground",
    required=True,
    type=GROUNDS,
    help="Why the law forbids it.",
)
@note_option
@data_option
def withhold(name: str, by: str, ground: str, reason: str, data: Path) -> None:
    """Never publish a held decision; portals that had it before withdraw it."""
    _rule(name, data, Ruling.WITHHOLD, by=by, reason=reason, ground=Ground(ground))


@command.command(name="return")
@name_argument
@by_option
@click.option("--reason", required=True, help="What the department must mend.")
@data_option
def send_back(name: str, by: str, reason: str, data: Path) -> None:
    """Send a held decision back to its department, with what must be mended."""
    _rule(name, data, Ruling.RETURN, by=by, reason=reason)


def _rule(
    name: str, data: Path, ruling: Ruling, *, by: str, reason: str, ground: Ground | None = None
) -> None:
    """Hand the very same record in again, with the ruling on it."""
    line = _the_one(name, data)
    settings = load()
    codec = codec_of(settings)
    submitted = _handed_in(line, data, codec)
    again = replace(
        submitted,
        event_id=new_event_id(),
        key=DecisionKey(line.key),
        # shown after what was held; in the order of the department's events it has that one's place
        revision=line.revision + 1,
        ground=ground or submitted.ground,
        review=Review(ruling=ruling, held=EventId(line.event_id), by=by, at=_moment(), reason=reason),
    )
    partition, _ = line.place or (0, 0)
    output = Output(SUBMITTED.name, line.key, codec.encode_submitted(again), partition)
    Sender(find_kafka(settings, data)).send([output])
    click.echo(f"{RULED[ruling]}：{line.key}")


def _the_one(name: str, data: Path) -> HeldLine:
    ledger = open_ledger(find_database(load(), data))
    lines = held(ledger, name) or held(ledger, document_number(name))
    if not lines:
        raise RefusedError("没有这件待审核的决定；请用 gongshi review list 查看")
    if len(lines) > 1:
        raise RefusedError("待审核的决定中有几件是这个文号；请改用决定标识，见 gongshi review list")
    return lines[0]


def _handed_in(line: HeldLine, data: Path, codec: Codec) -> Submitted:
    if line.place is None:
        raise RefusedError("这件决定的报送内容尚未入账，请稍后再试")
    record = record_at(find_kafka(load(), data), SUBMITTED.name, *line.place)
    submitted = codec.decode_submitted(record.value)
    if submitted.event_id != line.event_id:
        raise RefusedError("已找不到这件决定报送时的内容，请部门重新报送")
    return submitted


def _moment() -> datetime:
    moment = now()
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
