"""The commands that make, check, test and translate packs."""
