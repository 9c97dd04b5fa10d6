"""How departments hand decisions in."""
