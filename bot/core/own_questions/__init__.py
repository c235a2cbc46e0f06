"""A community's own questions: added by hosts, suggested by members."""
