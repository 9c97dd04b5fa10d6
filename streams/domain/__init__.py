"""The rules of the field as pure functions: no Kafka, no SQL, no clock, no I/O."""
