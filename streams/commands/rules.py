"""`gongshi rules`: every rule of validation, with its severity, its source and what a clerk is told."""

from collections.abc import Iterator

import click
import orjson

from streams.domain.stages import Severity
from streams.domain.validation import RULES

_SEVERITIES = {Severity.ERROR: "退回", Severity.WARNING: "提醒"}
_HEADING = """\
# 校验规则

每条决定按下列规则一次查完，全部问题一并告知。“退回”的须改正后重新报送；“提醒”的照常公示，计入数据质量。
本页由 `gongshi rules --markdown` 生成。消息中 {name} 等处使用时填入列名、长度或建议值，从不引用报送内容。

| 代码 | 处理 | 依据 | 告知经办人 |
|---|---|---|---|
"""


@click.command("rules")
@click.option(
    "--json", "form", flag_value="json", help="A JSON line a rule: code, severity, source, message."
)
@click.option("--markdown", "form", flag_value="markdown", help="As the page docs/rules.md.")
def command(form: str | None) -> None:
    """Print every rule that decisions are checked by."""
    lines = {"json": _json, "markdown": _markdown}.get(form or "", _plain)
    click.echo("\n".join(lines()))


def _plain() -> Iterator[str]:
    for rule in RULES.values():
        yield f"{rule.code}  {_SEVERITIES[rule.severity]}  {rule.source}\n    {_message(rule.message)}"


def _json() -> Iterator[str]:
    for rule in RULES.values():
        told = {
            "code": rule.code,
            "severity": rule.severity.value,
            "source": rule.source,
            "message": _message(rule.message),
        }
        yield orjson.dumps(told).decode()


def _markdown() -> Iterator[str]:
    yield _HEADING.rstrip("\n")
    for rule in RULES.values():
        yield f"| {rule.code} | {_SEVERITIES[rule.severity]} | {rule.source} | {_message(rule.message)} |"


def _message(template: str) -> str:
    return template.replace("{{", "{").replace("}}", "}")
