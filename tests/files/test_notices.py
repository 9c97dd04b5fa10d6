"""The file of who is told: what it makes, and how its mistakes are told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from streams.domain.errors import ConfigurationError
from streams.files.notices import load_channels


def now() -> datetime:
    """Return some moment."""
    return datetime(2026, 3, 12, tzinfo=UTC)


def written(folder: Path, text: str) -> Path:
    """Return a file with this text."""
    file = folder / "notices.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_nobody_is_told() -> None:
    """No file, no channels."""
    assert load_channels(None, now) == {}


def test_a_full_file_makes_every_channel(tmp_path: Path) -> None:
    """The example of docs/operations.md makes Alertmanager, webhook and mail."""
    text = Path("docs/operations.md").read_text("utf-8").split("```toml\n[alertmanager]")[1].split("```")[0]
    (tmp_path / "webhook.secret").write_text("whsec_c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk=\n")
    (tmp_path / "mail.password").write_text("not a real one\n")
    file = written(tmp_path, "[alertmanager]" + text.replace("/etc/gongshi", str(tmp_path)))
    assert set(load_channels(file, now)) == {"alertmanager", "webhook", "mail"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[alertmanager]\nurl = "alertmanager:9093"', "alertmanager.url"),
        ('[mail]\nhost = "mail"\nsender = "a@example"\nsupervisor = []', "mail.supervisor"),
        ('[mail]\nhost = "mail"\nsender = "a@example"', "mail.supervisor"),
        ('[fax]\nnumber = "1"', "fax"),
        ('[webhook]\nurl = "https://example"\nsecret_file = "nowhere"', "nowhere cannot be read"),
        ("[mail", "no valid TOML"),
    ],
)
def test_mistakes_are_told_by_name(tmp_path: Path, text: str, told: str) -> None:
    """What is wrong is named, so that it can be mended without reading the program."""
    with pytest.raises(ConfigurationError, match=told):
        load_channels(written(tmp_path, text), now)


def test_a_secret_that_is_none_is_told_without_it(tmp_path: Path) -> None:
    """A secret of the wrong form is refused, and not shown."""
    (tmp_path / "webhook.secret").write_text("hunter2 is my secret")
    file = written(
        tmp_path, f'[webhook]\nurl = "https://example"\nsecret_file = "{tmp_path}/webhook.secret"\n'
    )
    with pytest.raises(ConfigurationError) as caught:
        load_channels(file, now)
    assert "hunter2" not in str(caught.value)
