"""The tables of the ledger's first revision as they were then; only later revisions change them."""
