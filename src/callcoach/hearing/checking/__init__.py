"""Whether this machine has sound at all: its devices, tried out before a call."""
