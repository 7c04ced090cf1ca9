"""Numbers, references and addresses as callers say them, sign by sign."""
