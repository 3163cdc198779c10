"""One row of the table that the benchmarks print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, its tail or rival, and what is aimed at."""

    what: str
    figure: str
    more: str
    aim: str
