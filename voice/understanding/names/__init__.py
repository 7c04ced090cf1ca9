"""Customers' names: said, spelled, corrected, and whose they are."""
