"""Python environments of their own for packages whose pins contradict the project's."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
QUIX = "quixstreams==3.28.1"
OWN = ("confluent-kafka", "faust-streaming")
"""What Quix Streams brings in its own version, and what it does without."""


def quix_python(cache: Path) -> Path:
    """Return the interpreter of an environment with Quix Streams and the rules' packages, made at first use."""
    folder = cache / f"benchmark-{QUIX}-{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        needed = [line for line in project["dependencies"] if not line.startswith(OWN)]
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, QUIX, *needed], check=True)
        ready.touch()
    return python
