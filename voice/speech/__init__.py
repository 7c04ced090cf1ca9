"""Hearing and speaking: engines that turn a caller's sound into words and our words into sound."""
