"""The texts of a pack for translators: out as a table, and back into the files."""
