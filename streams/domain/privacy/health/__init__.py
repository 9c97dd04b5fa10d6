"""Illnesses and treatments, and whether they are told of a person."""
