"""Numbers and addresses that belong to one person: identity, phone, bank card, plate, mail."""
