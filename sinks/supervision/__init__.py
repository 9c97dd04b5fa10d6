"""How well each department publishes, counted from the ledger and shown as a report."""
