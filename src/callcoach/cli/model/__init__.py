"""The commands about speech models."""
