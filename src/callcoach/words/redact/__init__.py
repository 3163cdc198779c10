"""Finds and masks personal data in what was said, in English and in Chinese."""

from callcoach.words.redact.call import Redactor, find_all
from callcoach.words.redact.find import find
from callcoach.words.redact.mask import Masked, Masker, redact
from callcoach.words.redact.model import MASKS, Asked, Entity, Kind, Known

__all__ = [
    "MASKS",
    "Asked",
    "Entity",
    "Kind",
    "Known",
    "Masked",
    "Masker",
    "Redactor",
    "find",
    "find_all",
    "redact",
]
