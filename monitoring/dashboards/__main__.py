"""Writes every dashboard to its file."""

from monitoring.dashboards import files

for file, content in files().items():
    file.write_bytes(content)
