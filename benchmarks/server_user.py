"""The user that a database server of Debian's runs as, with a folder of its own and what its programs start with."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerUser:
    """Whom to be: such servers refuse to run as root."""

    name: str | None
    """None where whoever calls is not root, and stays who he is."""
    folder: Path

    @property
    def become(self) -> tuple[str, ...]:
        """Return the begin of a command that becomes the user and dies with this process.

        `setpriv` ties the server to this process after it has changed the user, which would cut the tie.
        """
        changed = (f"--reuid={self.name}", f"--regid={self.name}", "--init-groups") if self.name else ()
        return ("setpriv", *changed, "--pdeathsig=KILL")

    def run(self, *command: str | Path) -> None:
        """Run a program of the server's to its end. Raises `CalledProcessError`."""
        subprocess.run(
            command, user=self.name, group=self.name, cwd=self.folder, check=True, capture_output=True
        )


def server_user(name: str, prefix: str) -> ServerUser:
    """Make the folder: temporary ones of others are closed to the user that the server runs as."""
    user = name if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    if user:
        shutil.chown(folder, user, user)
    return ServerUser(name=user, folder=folder)
