"""The error of a model that cannot be used."""

from callcoach.errors import ModelError


class UnfitModel(ModelError):
    """What should be a speech model is none, is damaged or would do harm."""
