"""Lets `python -m callcoach` do what `callcoach` does."""

from callcoach.cli import main

if __name__ == "__main__":
    main()
