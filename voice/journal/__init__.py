"""Calls, turns and tool calls as plain rows, so that any process can go on from here."""
