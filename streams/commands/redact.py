"""`gongshi redact`: masks personal data in texts, a JSON line each."""

import click
import orjson

from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon

_MOST_TOLD = 20


@click.command("redact")
def command() -> None:
    """Mask texts: {"id","text"} a line in, {"id","masked","spans":[{"start","end","kind"}]} a line out.

    Reads stdin, writes stdout; places are those of the given text, in characters, end exclusive.
    """
    redactor = Redactor(load_lexicon())
    out = click.get_binary_stream("stdout")
    wrong: list[int] = []
    for number, line in enumerate(click.get_binary_stream("stdin"), start=1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
            name, text = record["id"], record["text"] + ""
        except (orjson.JSONDecodeError, KeyError, TypeError):
            wrong.append(number)
            continue
        masked = redactor.mask(text)
        spans = [{"start": span.start, "end": span.end, "kind": span.kind} for span in masked.spans]
        out.write(orjson.dumps({"id": name, "masked": masked.text, "spans": spans}) + b"\n")
    out.flush()
    if wrong:
        lines = ", ".join(map(str, wrong[:_MOST_TOLD])) + (", …" if len(wrong) > _MOST_TOLD else "")
        raise click.ClickException(
            f'no JSON object with "id" and "text" on line {lines}; all others are masked'
        )
