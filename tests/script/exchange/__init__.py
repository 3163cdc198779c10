"""Rules to and from other systems."""
