"""What should be said: packs, their scripts, and everything that can be known before a call."""
