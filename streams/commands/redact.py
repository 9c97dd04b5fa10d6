"""`gongshi redact`: masks personal data in texts, a JSON line each."""

import click
import orjson

from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon


@click.command("redact")
def command() -> None:
    """Mask texts: {"id","text"} a line in, {"id","masked","spans":[{"start","end","kind"}]} a line out.

    Reads stdin, writes stdout; places are those of the given text, in characters, end exclusive.
    """
    redactor = Redactor(load_lexicon())
    out = click.get_binary_stream("stdout")
    for number, line in enumerate(click.get_binary_stream("stdin"), start=1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
            name, text = record["id"], record["text"] + ""
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise click.ClickException(f'line {number} is no JSON object with "id" and "text"') from error
        masked = redactor.mask(text)
        spans = [{"start": span.start, "end": span.end, "kind": span.kind} for span in masked.spans]
        out.write(orjson.dumps({"id": name, "masked": masked.text, "spans": spans}) + b"\n")
    out.flush()
