"""Metrics, health pages, and what Prometheus, Alertmanager and Grafana need."""
