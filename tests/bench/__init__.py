"""Benchmarks: `python3 make.py bench` prints a table; nothing here asserts a time."""
