"""Reference portals to try against: they verify, deduplicate, and misbehave as told."""
