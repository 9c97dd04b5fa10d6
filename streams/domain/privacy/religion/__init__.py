"""Beliefs, and whether they are told of a person."""
