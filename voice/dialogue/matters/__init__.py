"""One module a matter: its facts, the acts that it takes, what it needs next."""
