"""Junk over HTTP: whatever comes, the answer is one that programs can read, and never a fault."""

import io
import json
import random
from pathlib import Path

from connectors.http.problems import MEDIA_TYPE
from connectors.http.uploads import FORM, FORMATS
from tests.connectors.folder.office import GOOD, FakeSends
from tests.connectors.http.counterhall import make_office, make_service, post, running
from tests.connectors.mutated import MUTATIONS, seeds

BODIES = 300
BOUNDARY = "----b"


def _form(content: bytes, name: str) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def _bodies() -> list[tuple[bytes, str, dict[str, str]]]:
    """Return mutated bodies with media types that fit, do not fit, or are junk themselves."""
    contents = {**seeds(), ".json": json.dumps({"decisions": [GOOD]}, ensure_ascii=False).encode()}
    endings = {ending: media_type for media_type, ending in FORMATS.items()}
    made = []
    for number in range(BODIES):
        chance = random.Random(number)  # noqa: S311 -- chance of a test
        ending = chance.choice((".json", ".json", ".csv", ".jsonl", ".xml", ".xlsx", ".xlsm"))
        content = chance.choice(MUTATIONS)(chance, contents[ending])
        media_type = chance.choice((*[endings[ending]] * 5, *FORMATS))
        if chance.random() < 0.3:
            content = _form(content, f"处罚{ending}")
            if chance.random() < 0.5:
                content = chance.choice(MUTATIONS[:5])(chance, content)
            media_type = f"{FORM}; boundary={BOUNDARY}"
        encoding = {"Content-Encoding": "gzip"} if chance.random() < 0.05 else {}
        made.append((content[: 3 * 1024 * 1024], media_type, encoding))
    return made


async def test_junk_is_told_so(tmp_path: Path) -> None:
    """Of 300 mutated bodies none is a fault: each is 202, or 4xx as a problem; what is told was sent."""
    sends, statuses = FakeSends(), []
    async with running(make_service(make_office(tmp_path), sends)) as client:
        for number, (content, media_type, headers) in enumerate(_bodies()):
            before = len(sends.events)
            said = await post(client, io.BytesIO(content), media_type=media_type, headers=headers)
            statuses.append(said.status)
            assert said.status == 202 or 400 <= said.status < 500, (number, said)
            if said.status != 202:
                assert said.headers["Content-Type"].startswith(MEDIA_TYPE), number
                assert {"type", "title", "status", "detail", "instance"} <= said.body.keys(), number
                assert said.body["status"] == said.status
            told = [row for row in said.body.get("rows", ()) if row["sent"]]
            left_out = said.body.get("rows_left_out", 0)
            assert len(told) <= len(sends.events) - before <= len(told) + left_out, number
    assert len(statuses) == BODIES
    assert {202, 400, 422} <= set(statuses)
