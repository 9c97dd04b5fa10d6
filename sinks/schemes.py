"""The schemes of portals' addresses, for those who need no adaptor."""

SOAP = ("soap+http", "soap+https")
NO_SECRET = ("file:", "feed:")
"""What needs no secret."""
BATCHES = ("http:", "https:", "soap+http:", "soap+https:", "exchange:", "file:", "sftp:")
"""What takes several deliveries in one request, transaction or file."""
