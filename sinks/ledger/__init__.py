"""The ledger: the durable truth in SQL."""
