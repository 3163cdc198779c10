"""Reads the tables of words and characters that lie beside the modules."""


def table_lines(name: str) -> list[str]:
    """Return the lines of a table, without its comments; `name` is a path below this folder."""
    from importlib.resources import files  # 10 ms, and only texts beyond ASCII are in need of it

    text = files("callcoach.words").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
