"""How portals get decisions: ledger, outbox, adaptors."""
