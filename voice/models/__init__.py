"""Which model answers a turn: the built-in one, a hosted one, or both as one."""
