"""What the listener of a call under way is made of."""
