"""What the ringbook command does, one module each; the command line itself is in `__main__`."""
