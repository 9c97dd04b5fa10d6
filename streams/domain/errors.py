"""What can go wrong in the surroundings; bad data is a value (`Rejected`), never an exception.

GongshiError
├── UnavailableError     a broker, database or portal is away: the same call may succeed later
├── RefusedError         the other side said no, and will say so again
└── ConfigurationError   a setting or file is wrong: its reader must mend it first
"""


class GongshiError(Exception):
    """Base of every error that this project raises; its text never holds personal data."""


class UnavailableError(GongshiError):
    """Something outside is away; trying again later may succeed."""


class RefusedError(GongshiError):
    """Something outside refused for good; trying again will not help."""


class ConfigurationError(GongshiError):
    """A setting or a file is wrong; the text says which and what to write instead."""


class StalePositionError(GongshiError):
    """Another process has moved on from the position that this one stood at; read it anew."""
