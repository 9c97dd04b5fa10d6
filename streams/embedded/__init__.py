"""Real Kafka and a supervisor as child processes, for one machine without Docker."""
