"""The recogniser's tiny models for tests and the demo, and the program that builds them."""
