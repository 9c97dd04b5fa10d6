"""What stands where in a department's drop folder."""

from dataclasses import dataclass
from pathlib import Path

PARTS = ("inbox", "processing", "done", "refused")
STATE = ".gongshi"
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".lock")
_LOCKS = ("~", ".")
_SYSTEM = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFolder:
    """One department's folder."""

    root: Path
    department: str
    """统一社会信用代码."""

    @property
    def inbox(self) -> Path:
        """Where the department puts its files."""
        return self.root / "inbox"

    @property
    def processing(self) -> Path:
        """One folder a claim, the file in it."""
        return self.root / "processing"

    @property
    def state(self) -> Path:
        """What was handed in before, and the lock."""
        return self.root / STATE

    @property
    def lock(self) -> Path:
        """Held by the one watcher that works on this folder."""
        return self.state / "lock"

    def make(self) -> None:
        """Create what is missing below `root`."""
        for name in (*PARTS, STATE):
            (self.root / name).mkdir(exist_ok=True)


def is_temporary(name: str) -> bool:
    """Tell whether a name is that of a lock, of a file on its way, or of the system's own."""
    low = name.lower()
    return low.startswith(_LOCKS) or low.endswith(_UNFINISHED) or low in _SYSTEM
