"""Readers of labelled calls: data sets that judgements are measured with."""

from callcoach.archive.datasets.model import Dataset, DatasetError, Trouble
from callcoach.archive.datasets.read import read_dataset

__all__ = ["Dataset", "DatasetError", "Trouble", "read_dataset"]
