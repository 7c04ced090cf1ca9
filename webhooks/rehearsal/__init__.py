"""Rehearsals: simulated callers on the doors of Vapi, each with a store of its own."""
