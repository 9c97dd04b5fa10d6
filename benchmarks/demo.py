"""`make demo ARGS=--once` in a fresh clone: time of the whole and of the run, peak memory of all processes.

`make bench ARGS=demo`; the package caches of this machine are used as they are.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
MIB = 1024 * 1024


class Memory(threading.Thread):
    """Looks at a process and all below it ten times a second."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.rss = 0
        """Highest sum of what each process has resident, in bytes; shared pages count for each."""
        self.pss = 0
        """Highest sum in bytes in which a page that several processes share counts once."""

    def run(self) -> None:
        """Look until the process is gone."""
        while self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
            sizes = list(self._sizes())
            self.rss = max(self.rss, sum(rss for rss, _ in sizes))
            self.pss = max(self.pss, sum(pss for _, pss in sizes))
            time.sleep(0.1)

    def _sizes(self) -> Iterator[tuple[int, int]]:
        for process in (self._process, *self._process.children(recursive=True)):
            try:
                info = process.memory_full_info()
            except psutil.Error:
                continue  # ended meanwhile
            yield info.rss, info.pss


def timed(folder: Path, *command: str) -> tuple[float, Memory, str]:
    """Return seconds, memory and output of `command` in `folder`; end here when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    memory = Memory(psutil.Process(process.pid))
    memory.start()
    output, _ = process.communicate()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - started, memory, output


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        clone = Path(name) / "gongshi"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        whole, _, output = timed(clone, "make", "demo", "ARGS=--once --json")
        run, memory, again = timed(clone, ".venv/bin/gongshi", "demo", "--once", "--json")
    balanced = all(json.loads(text.splitlines()[-1])["balanced"] for text in (output, again))
    print(f"make demo ARGS=--once in a fresh clone, set-up included  {whole:6.1f} s")
    print(f"gongshi demo --once                                      {run:6.1f} s")
    print(f"all processes together, shared pages counted once        {memory.pss / MIB:6.0f} MiB")
    print(f"all processes together, shared pages counted for each    {memory.rss / MIB:6.0f} MiB")
    print(f"accounts balance: {balanced}")


if __name__ == "__main__":
    main()
