"""The Faust agents, each a thin loop around the rules."""
