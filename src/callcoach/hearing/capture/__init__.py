"""Sound from devices, files and pipes, taken in a process of its own and brought to one form."""
