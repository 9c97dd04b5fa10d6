"""How the ledger's tables came to be, step by step; run by `sinks.ledger.database.migrate`."""
