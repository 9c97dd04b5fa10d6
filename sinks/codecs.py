"""What the handlers ask of a codec; `schemas.codec.Codec` is the real one."""

from typing import Protocol

from streams.domain.events import Alert, Receipt
from streams.domain.stages import Held, Masking, Public, Rejected, Submitted, Unchanged, Withheld


class PublicCodec(Protocol):
    """Reads `portal.<id>`."""

    def decode_public(self, value: bytes | None) -> Public:
        """Return the event. Raises `UndecodableError`, or `UnavailableError` while the registry is away."""
        ...


class RecordCodec(PublicCodec, Protocol):
    """Reads every topic that the recorder follows; all raise as `decode_public` does."""

    def decode_submitted(self, value: bytes | None) -> Submitted:
        """Return the event of `decision.submitted`."""
        ...

    def decode_rejected(self, value: bytes | None) -> Rejected:
        """Return the event of `decision.rejected`."""
        ...

    def decode_withheld(self, value: bytes | None) -> Withheld:
        """Return the event of `decision.withheld`."""
        ...

    def decode_held(self, value: bytes | None) -> Held:
        """Return the event of `decision.held`."""
        ...

    def decode_unchanged(self, value: bytes | None) -> Unchanged:
        """Return the event of `decision.unchanged`."""
        ...

    def decode_masking(self, value: bytes | None) -> Masking:
        """Return the event of `decision.masked`."""
        ...

    def decode_receipt(self, value: bytes | None) -> Receipt:
        """Return the event of `publication.receipt`."""
        ...


class ReceiptCodec(Protocol):
    """Writes `publication.receipt`."""

    def encode_receipt(self, event: Receipt) -> bytes:
        """Return the bytes; raises `UnavailableError` while the registry is away."""
        ...


class SubmittedCodec(Protocol):
    """Writes `decision.submitted`."""

    def encode_submitted(self, event: Submitted) -> bytes:
        """Return the bytes; raises `UnavailableError` while the registry is away."""
        ...


class AlertCodec(Protocol):
    """Writes and reads `deadline.alert`."""

    def encode_alert(self, event: Alert) -> bytes:
        """Return the bytes; raises `UnavailableError` while the registry is away."""
        ...

    def decode_alert(self, value: bytes | None) -> Alert:
        """Return the alert. Raises `UndecodableError`, or `UnavailableError`."""
        ...
