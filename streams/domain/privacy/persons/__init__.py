"""Names of third parties: how they are led in, where they end, what only looks like one."""
