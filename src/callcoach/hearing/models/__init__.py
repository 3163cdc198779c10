"""Speech models: which there are, how one comes onto this machine, and which one a call uses."""
