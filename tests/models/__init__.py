"""The tiny models, and the program that builds them."""
