"""A public site in a process of its own on one core, and what visitors ask it."""

import asyncio
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from benchmarks.publics import OFFENCES, PLACES, SIGNS, TRADES, public
from sinks.site.library import Library, open_site
from sinks.site.store.entries import public_id
from sinks.site.web.guards import Turnstile
from sinks.site.web.live import Live
from sinks.site.web.office import Office
from sinks.site.web.server import settle
from sinks.site.web.service import application
from streams.catalogue.file import load_catalogue
from streams.clock import now, today

SECRET = b"a-secret-of-benchmarks"
HELD = (4, 64)
"""Connections that ask at once, and requests in a row of each, for requests a second."""


class Stopwatch:
    """Keeps the seconds of each answer; fits `office.Observer`."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        """Keep one; what failed is no figure."""
        if status != web.HTTPOk.status_code:
            raise RuntimeError(f"{route} answered {status}")
        self.seconds.append(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site."""

    base: str
    pipe: Connection

    def seconds(self) -> list[float]:
        """Return the server's own time of each answer since this was last asked for."""
        self.pipe.send("seconds")
        told: list[float] = self.pipe.recv()
        return told


@contextmanager
def running(url: str) -> Iterator[Site]:
    """Give the site of the database `url`, held to one core; the database's own processes are not."""
    context = get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_serve, args=(url, there), daemon=True)
    child.start()
    try:
        yield Site(base=f"http://127.0.0.1:{here.recv()}", pipe=here)
    finally:
        child.terminate()
        child.join()


def _serve(url: str, pipe: Connection) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    asyncio.run(_answer(url, pipe))


async def _answer(url: str, pipe: Connection) -> None:
    watch, library = Stopwatch(), Library(open_site(url))
    catalogue, free = load_catalogue(None), Turnstile(1e9, 1e9, time.monotonic)
    office = Office(
        library=library,
        catalogue=lambda: catalogue,
        now=now,
        today=today,
        clock=time.perf_counter,
        observer=watch,
        persons=free,
    )
    runner = web.AppRunner(application(office, free, Live(library)), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settle()
    pipe.send(runner.addresses[0][1])
    while True:
        await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
        pipe.send(watch.seconds[:])
        watch.seconds.clear()


def questions(size: int, times: int) -> dict[str, list[str]]:
    """Return what is asked → addresses, none asked for twice but the home page and the last ones."""
    chance = Random(size)

    def some(make: Callable[[], Mapping[str, object]]) -> list[str]:
        return [f"/decisions?{urlencode(make())}" for _ in range(times)]

    def brand() -> str:
        return "".join(chance.choice(SIGNS) for _ in range(3))

    def authority() -> str:
        return public(chance.randrange(size)).department_code

    def number() -> str:
        values = public(chance.randrange(size)).values
        return str(values.get("CF_WSH") or values.get("XK_WSH"))

    pages = [f"/decisions/{public_id(public(chance.randrange(size)).key, SECRET)}" for _ in range(times)]
    return {
        "home": ["/"] * times,
        "decision": pages,
        "number": some(lambda: {"q": number()}),
        "part of a name": some(lambda: {"q": brand()}),
        "trade and place": some(lambda: {"q": f"{chance.choice(PLACES)} {chance.choice(TRADES)}"}),
        "common word": some(lambda: {"q": chance.choice((*TRADES, "有限公司", "罚款", "经查", *OFFENCES))}),
        "name and filters": some(
            lambda: {
                "q": chance.choice(TRADES),
                "kind": "penalty",
                "authority": authority(),
                "class": "吊销许可证件",
            }
        ),
        "filters": some(
            lambda: {
                "authority": authority(),
                "kind": "licence",
                "class": "特许",
                "from": "2024-03-01",
                "to": "2024-03-31",
            }
        ),
        "rare filters": some(lambda: {"class": "通报批评", "min": chance.randrange(1, 9)}),
        "by amount": some(
            lambda: {"sort": "amount", "class": "罚款", "from": f"2024-{chance.randrange(1, 13):02}-01"}
        ),
        "by decision day": some(lambda: {"sort": "decided", "authority": authority()}),
        "last page": ["/decisions?before=end"] * times,
        "last page of a search": some(lambda: {"q": chance.choice(TRADES), "before": "end"}),
        "last page by amount": some(lambda: {"sort": "amount", "kind": "penalty", "before": "end"}),
        "suggestions": [f"/suggest?{urlencode({'q': brand()[:2]})}" for _ in range(times)],
        "authority": [f"/authorities/{authority()}" for _ in range(times)],
        "statistics": ["/statistics"] * times,
    }


async def latencies(site: Site, asked: dict[str, list[str]]) -> dict[str, Sequence[float]]:
    """Ask everything, one after the other; return the seconds of each answer, as the server counts them."""
    told: dict[str, Sequence[float]] = {}
    async with aiohttp.ClientSession(site.base) as session:
        for name, addresses in asked.items():
            await _get(session, addresses[0])  # what is compiled at the first call is compiled
            site.seconds()
            for address in addresses:
                await _get(session, address)
            told[name] = site.seconds()
    return told


async def requests_a_second(site: Site, asked: dict[str, list[str]]) -> float:
    """Ask a mix of home, searches and decisions on several connections; return answers a second."""
    mixed = [one for name in ("home", "decision", "part of a name", "filters") for one in asked[name]]
    connections, each = HELD
    async with aiohttp.ClientSession(site.base) as session:

        async def visit(number: int) -> None:
            for step in range(each):
                await _get(session, mixed[(number * each + step) % len(mixed)])

        began = time.perf_counter()
        await asyncio.gather(*(visit(number) for number in range(connections)))
        return connections * each / (time.perf_counter() - began)


async def first_page(site: Site) -> tuple[int, int]:
    """Return the bytes of the first page with all its files, as they are and as they travel."""
    whole = sent = 0
    async with aiohttp.ClientSession(site.base, auto_decompress=False) as session:
        html = (await _get(session, "/", plain=True)).decode()
        links = {part.partition('"')[0] for part in html.replace("src=", "href=").split('href="')[1:]}
        for address in ("/", *sorted(link for link in links if link.startswith("/static/"))):
            whole += len(await _get(session, address, plain=True))
            sent += len(await _get(session, address))
    return whole, sent


async def _get(session: aiohttp.ClientSession, address: str, *, plain: bool = False) -> bytes:
    headers = {"Accept-Encoding": "identity" if plain else "gzip"}
    async with session.get(address, headers=headers) as answer:
        answer.raise_for_status()
        return await answer.read()


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return cuts[49], cuts[98]
