"""Reads a department's tables, or its exchange database (前置库), and hands in what is new there."""
