"""What a caller's words mean. Pure functions: text, now and context in, values out."""
