"""Until when TLS certificates hold: as a server shows them, or as they stand in a file."""

import asyncio
import contextlib
import ssl
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from streams.domain.errors import UnavailableError

TIMEOUT_S = 10.0
HTTPS = 443


def tls_endpoints(addresses: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, int]]:
    """Return name → host and port of those of (name, address) that speak TLS, also as `soap+https:`."""
    parted = ((name, urlsplit(address.removeprefix("soap+"))) for name, address in addresses)
    return {
        name: (parts.hostname, parts.port or HTTPS)
        for name, parts in parted
        if parts.scheme == "https" and parts.hostname
    }


async def shown_until(host: str, port: int) -> datetime:
    """Return the end of the certificate that a server shows, whether or not it is to be trusted.

    One that has ended must be told too, so nothing is verified here; nothing is sent either. Raises
    `UnavailableError` where no TLS server answers.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(TIMEOUT_S):
            _, writer = await asyncio.open_connection(host, port, ssl=context, server_hostname=host)
    except (OSError, TimeoutError) as error:
        raise UnavailableError(f"no certificate to be seen: {type(error).__name__}") from error
    try:
        shown: bytes = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
    return x509.load_der_x509_certificate(shown).not_valid_after_utc


def written_until(file: Path) -> datetime:
    """Return the end of the first certificate of a PEM file. Raises `UnavailableError`."""
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())[0].not_valid_after_utc
    except (OSError, ValueError) as error:
        raise UnavailableError(f"{file.name} shows no certificate: {type(error).__name__}") from error
