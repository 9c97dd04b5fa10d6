"""Files that were broken on the way, or made to hurt."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = 1500
MOST_KIB = 300 * 1024


def test_no_file_breaks_the_reading() -> None:
    """Each of 1500 broken or hostile files is read or refused, and its refused rows go back."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.connectors.mutated", str(FILES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["files"] == FILES
    assert told["rows"] > FILES
    assert told["again"] > 0
    assert told["peak_kib"] < MOST_KIB
    assert told["told"].keys() >= {
        "WORKBOOK_DAMAGED",
        "WORKBOOK_TOO_LARGE",
        "XML_UNSAFE",
        "XML_UNREADABLE",
        "FILE_UNREADABLE",
        "LINE_UNREADABLE",
        "FORMULA_WITHOUT_VALUE",
    }
