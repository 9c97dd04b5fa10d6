"""Avro schemas of every topic, and the codec between their bytes and the domain."""
