"""The streaming application: rules, engine, agents, and the gongshi command."""
