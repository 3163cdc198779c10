"""The command that measures how right the judgements of a pack are."""
