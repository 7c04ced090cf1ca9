"""Bookings as calendar programs read them."""
