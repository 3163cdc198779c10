"""The commands about reviews, and what the review screens ask for."""
