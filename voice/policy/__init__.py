"""What the built-in model does next: pure decisions from the facts of the call."""
