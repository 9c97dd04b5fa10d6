"""`gongshi token`: makes a department's token for the HTTP intake."""

import click
import orjson

from connectors.http.tokens import fresh_token, line_of


@click.command(name="token")
@click.argument("department", metavar="CODE")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def command(department: str, *, as_json: bool) -> None:
    """Print a fresh token for the department with this 统一社会信用代码, and the line for GONGSHI_TOKENS.

    The token is shown this once, for the department; the file holds its SHA-256 only.
    """
    token = fresh_token()
    line = line_of(token, department)
    if as_json:
        click.echo(orjson.dumps({"token": token, "line": line}))
        return
    click.echo(f"token (for the department, shown once):\n{token}")
    click.echo(f"line for the file of tokens (GONGSHI_TOKENS), read again at once:\n{line}")
