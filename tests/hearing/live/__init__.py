"""Hearing: what the listener of a call is made of."""
