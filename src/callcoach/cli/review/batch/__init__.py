"""callcoach review batch: the command, and the program that each of its processes runs."""
