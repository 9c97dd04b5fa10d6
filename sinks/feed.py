"""A static feed for a department's own site: files that a page of any kind can include."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import orjson

from sinks import feed_pages
from sinks.feed_entries import Change, Entries, Entry, entry_of, page_of
from sinks.feed_pages import Site
from sinks.ports import Answer, Delivery, Verdict
from streams.domain.errors import ConfigurationError
from streams.durable import write_whole

MOST_LATEST = 1_000
LOST = "the feed's .feed/state.sqlite is missing: restore it; without it no old page could be taken down"


class StaticFeed:
    """Writes `latest.json`, `.atom` and `.html`, `pages/N.*` and `decisions/<id>.*` below a folder.

    Each file appears as a whole. What was taken stands in `.feed/state.sqlite` before any file is
    written, and files are always written from there: a try made again after `kill -9` writes the same.
    Deliveries that come at once are written together.
    """

    def __init__(self, folder: Path, site: Site, clock: Callable[[], datetime]) -> None:
        """Take the folder, which is made where it is missing."""
        self._folder = folder
        self._site = site
        self._clock = clock
        self._state = folder / ".feed" / "state.sqlite"
        self._entries = Entries(self._state)
        self._waiting: list[tuple[Delivery, asyncio.Future[Answer]]] = []
        self._turn = asyncio.Lock()

    async def deliver(self, delivery: Delivery) -> Answer:
        """Write once; see `Adaptor.deliver`."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((delivery, answer))
        async with self._turn:
            if not answer.done():
                await self._write_waiting()
        return answer.result()

    async def close(self) -> None:
        """Have nothing to let go of."""

    async def _write_waiting(self) -> None:
        batch, self._waiting = self._waiting, []
        answers: Sequence[Answer] = [Answer(verdict=Verdict.INDETERMINATE, reason="stopped")] * len(batch)
        try:
            answers = await asyncio.to_thread(self._write, [delivery for delivery, _ in batch])
        finally:
            for (_, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)

    def _write(self, deliveries: Sequence[Delivery]) -> list[Answer]:
        now = self._clock()
        try:
            if not self._state.exists() and (self._folder / "latest.json").exists():
                return [Answer(verdict=Verdict.RETRY, reason=LOST)] * len(deliveries)
            entries = [entry_of(delivery, now) for delivery in deliveries]
            good = [_can_be_written(self._site, entry) for entry in entries]
            with self._entries.changing() as change:
                places = [
                    change.put(delivery, entry) if fine else 0
                    for delivery, entry, fine in zip(deliveries, entries, good, strict=True)
                ]
            with self._entries.changing() as change:
                ids = self._write_files(change, sorted({place for place in places if place}))
        except OSError as error:
            again = Answer(verdict=Verdict.RETRY, reason=error.strerror or type(error).__name__)
            return [again] * len(deliveries)
        except sqlite3.Error as error:
            return [Answer(verdict=Verdict.RETRY, reason=type(error).__name__)] * len(deliveries)
        return [
            Answer(verdict=Verdict.ACCEPTED, remote_id=f"decisions/{ids[place]}.html") if place else _REFUSED
            for place in places
        ]

    def _write_files(self, change: Change, places: Sequence[int]) -> Mapping[int, str]:
        """Write what shows these places, decisions before the lists that lead to them."""
        if not places:
            return {}
        for name in ("decisions", "pages"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        entries = {place: change.at(place) for place in places}
        for entry in entries.values():
            own = self._folder / "decisions" / entry.id
            write_whole(own.with_suffix(".json"), orjson.dumps(feed_pages.as_json(entry)))
            write_whole(own.with_suffix(".html"), feed_pages.page(self._site, entry))
        pages = change.pages()
        for number in sorted({page_of(place) for place in places}):
            self._write_list(f"pages/{number}", change.page(number), pages)
        latest = change.latest(self._site.latest)
        self._write_list("latest", latest, pages)
        feed_id = str(uuid5(NAMESPACE_URL, self._site.base or str(self._folder)))
        write_whole(self._folder / "latest.atom", feed_pages.atom(self._site, feed_id, latest))
        return {place: entry.id for place, entry in entries.items()}

    def _write_list(self, name: str, entries: Sequence[Entry], pages: int) -> None:
        write_whole(self._folder / f"{name}.json", feed_pages.json_list(self._site, entries, pages))
        write_whole(self._folder / f"{name}.html", feed_pages.fragment(self._site, entries))


_REFUSED = Answer(verdict=Verdict.REFUSED, reason="内容含有 HTML 不允许的控制字符，请更正后重新报送")


def read_site(options: Mapping[str, str]) -> Site:
    """Read the options of a feed's address. Raises `ConfigurationError`."""
    if unknown := sorted(set(options) - {"title", "base", "latest"}):
        raise ConfigurationError(f"a feed has no option {', '.join(unknown)}")
    base, latest = options.get("base", ""), options.get("latest", str(Site().latest))
    if base and not (base.startswith(("http://", "https://")) and base.endswith("/")):
        raise ConfigurationError("?base= is the folder's address, https://… with a slash at its end")
    if not (latest.isascii() and latest.isdigit() and 1 <= int(latest) <= MOST_LATEST):
        raise ConfigurationError(f"?latest= is a number from 1 to {MOST_LATEST}")
    if not options.get("title", "").isprintable():
        raise ConfigurationError("?title= is one line of text")
    return Site(title=options.get("title") or Site().title, base=base, latest=int(latest))


def _can_be_written(site: Site, entry: Entry) -> bool:
    try:
        feed_pages.page(site, entry)
        feed_pages.fragment(site, (entry,))
    except ValueError:
        return False
    return True
