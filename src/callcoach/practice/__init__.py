"""Role-play: somebody to practise with. Richer personas come in by the same door as plans."""
