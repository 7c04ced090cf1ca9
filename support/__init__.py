"""What the specialists act on: questions, and what is sold, paid and given back."""
