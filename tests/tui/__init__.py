"""The screens: driven in memory by Pilot, and as a whole program in a pseudo-terminal."""
