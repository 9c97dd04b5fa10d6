"""A certificate authority of a test, with a good certificate and one that has expired."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


def write_certificates(folder: Path) -> Path:
    """Write `good.pem` and `expired.pem` with their keys, for `localhost`; return the authority's file."""
    authority_key, authority = ec.generate_private_key(ec.SECP256R1()), _name("authority")
    own = _signed(
        authority, authority_key, authority, authority_key.public_key(), 10 * DAY, is_authority=True
    )
    for name, left in (("good", 10 * DAY), ("expired", -DAY)):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _signed(
            authority, authority_key, _name("localhost"), key.public_key(), left, is_authority=False
        )
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        (folder / f"{name}.pem").write_bytes(private + _pem(certificate))
    (folder / "authority.pem").write_bytes(_pem(own))
    return folder / "authority.pem"


def _signed(
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey,
    left: timedelta,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 10 * DAY)
        .not_valid_after(now + left)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
