"""No sentence leaves with a time or a "you are booked" that the store does not back."""
