"""HTTP for departments' systems: decisions in, each confirmed by the broker, and each one's path out."""
