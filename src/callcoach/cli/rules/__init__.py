"""The commands that list, try out and exchange the rules of packs."""
