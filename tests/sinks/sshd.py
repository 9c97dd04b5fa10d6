"""A real OpenSSH server for files, on a free port, as the user who runs the tests."""

import asyncio
import getpass
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import asyncssh

from streams.embedded.ports import free_port

SERVER = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sshd:
    """A listening server, and what is needed to speak to it."""

    port: int
    fingerprint: str
    key: str
    """The private key that it lets in."""

    def url(self, folder: Path, form: str = "csv", fingerprint: str = "") -> str:
        """Return the address of a folder on it."""
        host = f"{getpass.getuser()}@127.0.0.1:{self.port}"
        return f"sftp://{host}{quote(str(folder))}?format={form}&host_key={fingerprint or self.fingerprint}"


@asynccontextmanager
async def sshd(folder: Path) -> AsyncIterator[Sshd]:
    """Run a server that keeps its own files in `folder`."""
    assert SERVER, "install Debian's openssh-server"
    host, user = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    port = free_port()
    _prepare(folder, host, user, port)
    process = await asyncio.create_subprocess_exec(
        SERVER, "-D", "-e", "-f", str(folder / "sshd.conf"), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _listening(process, port)
        yield Sshd(port=port, fingerprint=host.get_fingerprint(), key=user.export_private_key().decode())
    finally:
        process.terminate()
        await process.wait()


def _prepare(folder: Path, host: asyncssh.SSHKey, user: asyncssh.SSHKey, port: int) -> None:
    folder.mkdir()
    host.write_private_key(folder / "host")
    (folder / "host").chmod(0o600)
    user.write_public_key(folder / "authorized")
    (folder / "sshd.conf").write_text(
        f"""
Port {port}
ListenAddress 127.0.0.1
HostKey {folder / "host"}
AuthorizedKeysFile {folder / "authorized"}
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
Subsystem sftp internal-sftp
""",
        "utf-8",
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # Debian's service makes it, and this is none


async def _listening(process: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            assert process.returncode is None
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                await writer.wait_closed()
                return
