"""A call as printed lines, for terminals without screens and for ears."""
