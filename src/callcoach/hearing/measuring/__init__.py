"""How well and how fast a speech model hears."""
