"""Ways of carrying decisions from `decision.submitted` to their topics, each a program of its own."""
