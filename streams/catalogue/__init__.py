"""The catalogue of items: read from files and workbooks, brought onto its topic, in force."""
