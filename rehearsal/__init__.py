"""Simulated callers: what they want, how they speak, what they hear, and how a call is graded."""
