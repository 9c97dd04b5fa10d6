"""Transactional batches between Kafka and Faust channels; nothing else touches consumer or producer."""
