"""The figures of README, each from one command."""
