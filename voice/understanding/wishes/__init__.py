"""When a caller would like to come: what was said now and before, in the desk's terms."""
