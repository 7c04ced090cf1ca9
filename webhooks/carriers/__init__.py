"""The door for a telephone carrier's own lines, without a platform between."""
