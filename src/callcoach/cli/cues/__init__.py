"""The commands that learn from reviewed calls, and what they have taught."""
