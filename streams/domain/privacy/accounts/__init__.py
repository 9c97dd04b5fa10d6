"""Accounts of instant messaging and social media: where they stand and where their names end."""
