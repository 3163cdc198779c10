"""What the commands that hear a call have in common."""
