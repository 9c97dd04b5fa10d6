"""The static feed: escaped, bounded, private where it must be, and whole after any interruption."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from sinks.feed import StaticFeed
from sinks.feed_entries import PAGE
from sinks.feed_pages import ATOM, Site
from sinks.ports import Answer, Verdict
from streams.domain.stages import Public, SubjectClass
from tests.sinks import make
from tests.sinks.deliveries import delivery_of, withdrawal

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SITE = Site(title="公示", base="https://scjg.example.gov.cn/gongshi/", latest=5)


def feed_in(folder: Path, site: Site = SITE) -> StaticFeed:
    """Return a feed that writes to a folder."""
    return StaticFeed(folder, site, lambda: NOON)


async def deliver(feed: StaticFeed, events: Sequence[Public]) -> list[Answer]:
    """Deliver one after the other."""
    return [await feed.deliver(delivery_of(event)) for event in events]


def read(file: Path) -> Any:
    """Return a JSON file."""
    return json.loads(file.read_text("utf-8"))


def numbers(file: Path) -> list[str]:
    """Return the document numbers of a JSON list, in its order."""
    return [one["number"] for one in read(file)["decisions"]]


def number_of(number: int) -> str:
    """Return a decision's document number."""
    return str(make.public(number).values["CF_WSH"])


def written(folder: Path) -> list[Path]:
    """Return the JSON files without the drafts that a killed writer leaves."""
    return list(folder.glob("**/[!.]*.json"))


def everything(folder: Path) -> str:
    """Return all that a web server could serve, and the feed's own state."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return "".join(file.read_bytes().decode("utf-8", errors="replace") for file in files)


async def test_lists_are_bounded_and_newest_first(tmp_path: Path) -> None:
    """The newest list has so many, a correction comes first, and every decision keeps its archive page."""
    feed = feed_in(tmp_path)
    await asyncio.gather(*(feed.deliver(delivery_of(make.public(n))) for n in range(PAGE + 20)))
    await deliver(feed, [make.public(3, 2, content="罚款1元")])
    assert numbers(tmp_path / "latest.json") == [number_of(n) for n in (3, 119, 118, 117, 116)]
    assert numbers(tmp_path / "pages" / "1.json") == [number_of(n) for n in reversed(range(PAGE))]
    assert numbers(tmp_path / "pages" / "2.json") == [number_of(n) for n in reversed(range(PAGE, PAGE + 20))]
    assert read(tmp_path / "latest.json")["pages"] == 2
    assert len(list((tmp_path / "decisions").glob("*.html"))) == PAGE + 20


async def test_what_is_old_does_not_come_back(tmp_path: Path) -> None:
    """A late try of an earlier revision is accepted and changes nothing."""
    feed = feed_in(tmp_path)
    await deliver(feed, [make.public(1), make.public(1, 2, content="罚款1元")])
    before = everything(tmp_path)
    (answer,) = await deliver(feed, [make.public(1)])
    assert answer.verdict is Verdict.ACCEPTED
    assert everything(tmp_path) == before


async def test_of_a_withdrawn_decision_number_date_and_reason_stay(tmp_path: Path) -> None:
    """No file, and not the feed's own state, holds more of it; its page stays at its address."""
    feed = feed_in(tmp_path)
    answers = await deliver(feed, [make.public(1, content="罚款若干元" * 2_000), withdrawal(1, 2)])
    assert {answer.remote_id for answer in answers} == {answers[0].remote_id}
    (shown,) = read(tmp_path / "latest.json")["decisions"]
    assert set(shown) == {"id", "number", "decided_on", "updated", "withdrawn", "reason"}
    assert (shown["number"], shown["decided_on"], shown["reason"]) == (number_of(1), "2026-03-02", "信用修复")
    assert "罚款若干元" not in everything(tmp_path)
    assert "noindex" in (tmp_path / answers[0].remote_id).read_text("utf-8")


async def test_markup_stays_text(tmp_path: Path) -> None:
    """What somebody types never becomes an element, an attribute or a script."""
    nasty = "</td><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;"
    event = make.public(1, content=nasty)
    event = replace(event, department=nasty, values={**event.values, "CF_XDR_MC": nasty, "CF_WSH": nasty})
    feed = feed_in(tmp_path, replace(SITE, title=nasty))
    (answer,) = await deliver(feed, [event])
    for file in (tmp_path / answer.remote_id, tmp_path / "latest.html", tmp_path / "pages" / "1.html"):
        root = html.fromstring(file.read_bytes().decode())
        assert nasty in root.text_content()
        assert not root.xpath("//script | //img | //@*[starts-with(name(), 'on')]")
    atom = etree.fromstring((tmp_path / "latest.atom").read_bytes())
    assert atom.findtext(f"{{{ATOM}}}title") == nasty
    assert atom.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == nasty


async def test_pages_of_natural_persons_are_not_for_search_engines(tmp_path: Path) -> None:
    """Such a page says noindex, and the lists do not name the person; a company's is found and named."""
    person = replace(make.public(1), subject_class=SubjectClass.NATURAL)
    person = replace(person, values={**person.values, "CF_XDR_MC": "李**"})
    company = replace(make.public(2), values={**make.public(2).values, "CF_XDR_MC": "某公司"})
    one, two = await deliver(feed_in(tmp_path), [person, company])
    page = html.fromstring((tmp_path / one.remote_id).read_bytes())
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, noarchive"]
    assert not html.fromstring((tmp_path / two.remote_id).read_bytes()).xpath("//meta[@name='robots']")
    for name in ("latest.html", "latest.atom"):
        listed = (tmp_path / name).read_text("utf-8")
        assert ("李**" in listed, "某公司" in listed) == (False, True)
    links = html.fromstring((tmp_path / "latest.html").read_bytes().decode()).xpath("//a")
    assert [link.get("rel") for link in links] == [None, "nofollow"]


async def test_the_atom_feed_has_what_readers_need(tmp_path: Path) -> None:
    """Id, title, date, author and whole addresses; the entries' ids stay through corrections."""
    feed = feed_in(tmp_path)
    seen = []
    for event in (make.public(1), make.public(1, 2)):
        (answer,) = await deliver(feed, [event])
        root = etree.fromstring((tmp_path / "latest.atom").read_bytes())
        for name in ("id", "title", "updated", "author"):
            assert root.find(f"{{{ATOM}}}{name}") is not None
        entry = root.find(f"{{{ATOM}}}entry")
        assert entry.find(f"{{{ATOM}}}link").get("href") == SITE.base + answer.remote_id
        seen.append((root.findtext(f"{{{ATOM}}}id"), entry.findtext(f"{{{ATOM}}}id")))
    assert len(set(seen)) == 1


async def test_a_lost_state_is_not_written_over(tmp_path: Path) -> None:
    """Without its state a feed could not take old pages down: it waits, and says what to do."""
    feed = feed_in(tmp_path)
    await deliver(feed, [make.public(1)])
    (tmp_path / ".feed" / "state.sqlite").unlink()
    (answer,) = await deliver(feed, [make.public(2)])
    assert (answer.verdict, "state.sqlite" in answer.reason) == (Verdict.RETRY, True)


async def test_one_bad_decision_holds_back_no_other(tmp_path: Path) -> None:
    """A character that no page may hold refuses its decision, and those that came with it are written."""
    feed = feed_in(tmp_path)
    events = [make.public(1), make.public(2, content="\x0b"), make.public(3)]
    answers = await asyncio.gather(*(feed.deliver(delivery_of(event)) for event in events))
    assert [answer.verdict for answer in answers] == [Verdict.ACCEPTED, Verdict.REFUSED, Verdict.ACCEPTED]
    assert numbers(tmp_path / "latest.json") == [number_of(3), number_of(1)]


async def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    """A full or foreign disk is no refusal."""
    (tmp_path / "file").write_text("")
    (answer,) = await deliver(feed_in(tmp_path / "file" / "feed"), [make.public(1)])
    assert answer.verdict is Verdict.RETRY


async def test_a_task_that_is_cancelled_leaves_the_others_an_answer(tmp_path: Path) -> None:
    """The first of several at once is cancelled while it writes: the others end, and may try again."""
    feed = feed_in(tmp_path)
    tasks = [asyncio.create_task(feed.deliver(delivery_of(make.public(n)))) for n in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks[0].cancel()
    answers = await asyncio.wait_for(asyncio.gather(*tasks[1:]), 60)
    assert {answer.verdict for answer in answers} <= {Verdict.ACCEPTED, Verdict.INDETERMINATE}
    again = await deliver(feed, [make.public(n) for n in range(4)])
    assert {answer.verdict for answer in again} == {Verdict.ACCEPTED}
    assert sorted(numbers(tmp_path / "pages" / "1.json")) == sorted(number_of(n) for n in range(4))


KILLED = """
import asyncio, sys
from pathlib import Path
from tests.sinks import make
from tests.sinks.deliveries import delivery_of
from tests.sinks.test_feed import feed_in
async def main():
    feed = feed_in(Path(sys.argv[1]))
    for revision in (1, 2):
        for number in range(40):
            await feed.deliver(delivery_of(make.public(number, revision, content=f"罚款{revision}元")))
            print(number, flush=True)
asyncio.run(main())
"""


@pytest.mark.parametrize("after", [1, 17, 55])
async def test_a_killed_writer_leaves_whole_files(tmp_path: Path, after: int) -> None:
    """After `kill -9` every file is whole; what is delivered again stands once, with the last content."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KILLED,
        str(tmp_path),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    for _ in range(after):
        assert await asyncio.wait_for(process.stdout.readline(), 90)
    process.send_signal(signal.SIGKILL)
    await process.communicate()

    assert all(map(read, written(tmp_path)))
    feed = feed_in(tmp_path)
    for revision in (1, 2):
        again = [make.public(number, revision, content=f"罚款{revision}元") for number in range(40)]
        assert {answer.verdict for answer in await deliver(feed, again)} == {Verdict.ACCEPTED}
    shown = read(tmp_path / "pages" / "1.json")["decisions"]
    assert sorted(one["number"] for one in shown) == sorted(number_of(number) for number in range(40))
    assert {one["columns"]["CF_NR"] for one in shown} == {"罚款2元"}
    assert len(list((tmp_path / "decisions").glob("[!.]*.html"))) == 40
