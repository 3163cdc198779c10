"""Teaches judges of rules from reviewed calls, and proposes phrases where they disagree."""
