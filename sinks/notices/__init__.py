"""Tells people of alerts: Alertmanager, a signed webhook, mail; each alert once a channel, in order."""
