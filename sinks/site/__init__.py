"""双公示专栏: the public site, fed by its own portal topic."""
