"""One request: its language, the surroundings, and how a page becomes an answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from aiohttp import web

from sinks.site.store.entries import Decision
from sinks.site.web.compressing import best, quick
from sinks.site.web.office import Office
from sinks.site.web.rendering import render
from sinks.site.web.speech import Speech
from streams.domain.keys import subject_name

HTML = "text/html"
SHORT = 15
"""Seconds that a page which changes may be kept; after that its ETag is asked for."""


def visitor_of(request: web.Request, proxies: int) -> str:
    """Return who asks, as the nearest proxy that is ours saw them."""
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(told) >= proxies:
        return told[-proxies]
    return request.remote or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a handler has at hand."""

    request: web.Request
    office: Office
    speech: Speech
    path: str
    """Without the language."""

    @property
    def base(self) -> str:
        """Return the site's public address, without a slash at its end."""
        return self.office.base or f"{self.request.scheme}://{self.request.host}"

    def see_person(self) -> None:
        """Count one natural person's page. Raises 429 for who has seen too many."""
        if not self.office.persons.passes(visitor_of(self.request, self.office.proxies)):
            raise web.HTTPTooManyRequests

    def see_named(self, text: str, found: Sequence[Decision]) -> None:
        """Count the natural persons' decisions that a name found: lists of names are not to be tried out.

        Raises 429 for who has seen too many.
        """
        if text and any(one.natural and one.subject_key == subject_name(text) for one in found):
            self.see_person()

    def page(
        self,
        template: str,
        /,
        *,
        status: int = 200,
        hidden: bool = False,
        keep_s: int = SHORT,
        **values: Any,
    ) -> web.StreamResponse:
        """Answer with a page; a `hidden` one is for no search engine and no cache between."""
        other = Speech(english=not self.speech.english)
        text = render(
            template,
            speech=self.speech,
            t=self.speech,
            path=self.path,
            other=other.address(self.path, dict(self.request.query)),
            canonical=f"{self.base}{self.speech.address(self.path, {})}",
            elsewhere=f"{self.base}{other.address(self.path, {})}",
            hidden=hidden,
            **values,
        )
        headers = {"Cache-Control": "private, no-store" if hidden else f"public, max-age={keep_s}"}
        if hidden:
            headers["X-Robots-Tag"] = "noindex, noarchive"
        return self.answer(text.encode(), HTML, status=status, headers=headers)

    def elsewhere(self, path: str, query: Mapping[str, str]) -> web.StreamResponse:
        """Send the visitor to another page in the same language."""
        headers = {"Location": self.speech.address(path, query), "Cache-Control": "no-store"}
        return web.Response(status=302, headers=headers)

    def answer(
        self,
        body: bytes,
        content_type: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        lasting: bool = False,
    ) -> web.StreamResponse:
        """Answer with a body, or with 304 where the visitor has it already; a `lasting` one never changes."""
        tag = f'W/"{blake2b(body, digest_size=9).hexdigest()}"'
        given = {"ETag": tag, "Vary": "Accept-Encoding", **(headers or {})}
        known = self.request.headers.get("If-None-Match", "")
        accepted = self.request.headers.get("Accept-Encoding", "")
        if status == web.HTTPOk.status_code and tag in (one.strip() for one in known.split(",")):
            return web.Response(status=304, headers=given)
        packed, coding = (best if lasting else quick)(body, accepted)
        if coding:
            given["Content-Encoding"] = coding
        return web.Response(
            status=status, body=packed, content_type=content_type, charset="utf-8", headers=given
        )


Handler = Callable[[Visit], Awaitable[web.StreamResponse]]
