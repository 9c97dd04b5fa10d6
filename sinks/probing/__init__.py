"""Probing: looks whether what a portal has accepted can be seen there, column by column."""
