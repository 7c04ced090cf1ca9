"""Who can be booked when. No web, no model, no telephony."""
