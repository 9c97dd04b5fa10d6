"""Addresses, and which of them are somebody's home."""
