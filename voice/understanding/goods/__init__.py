"""What callers say of things that are sold."""
