"""What the specialists act on: questions first; orders, refunds and tickets join it."""
