"""What holds for the whole house: who imports whom, what is installed, what docs/ says."""
