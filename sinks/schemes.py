"""The schemes of portals' addresses, for those who need no adaptor."""

SOAP = ("soap+http", "soap+https")
NO_SECRET = ("file:", "feed:")
"""What needs no secret."""
