"""What to do next: acts and results go into the agenda of the call, steps come out."""
