"""What is said: turns in, replies out. No web, no telephony."""
