"""How right the judgements are: predictions beside labels that people gave, as numbers."""
