"""How well each department publishes: definitions, formulas and attribution, on plain values."""
