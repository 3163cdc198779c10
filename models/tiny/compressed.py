"""Packs matrices as Kaldi's CompressedMatrix does, so that a weight takes one or two bytes.

Formats: kaldi, src/matrix/compressed-matrix.h.
"""

import struct
from enum import Enum

import numpy as np
import numpy.typing as npt

_HEADER = struct.Struct("<ffii")
"""The least value, the range, rows and columns."""
_SHORT = 65535
_QUARTILES = (0, 64, 192, 255)
"""The codes of a column's least value, its quartiles and its greatest value."""


class Precision(Enum):
    """How many bytes a weight takes."""

    FLOAT = "FM"
    """Four."""
    SHORT = "CM2"
    """Two: steps of equal size between the matrix's least and greatest value."""
    BYTE = "CM"
    """One: each column has its own steps, finer between its quartiles."""


def pack(matrix: npt.ArrayLike, precision: Precision) -> bytes:
    """Return a matrix as `Matrix::Read` takes it in a binary file, token included.

    The columns must be at least five long for one-byte weights.
    """
    values = np.asarray(matrix, np.float32)
    token = f"{precision.value} ".encode()
    if precision is Precision.FLOAT:
        rows, columns = values.shape
        return token + struct.pack("<bibi", 4, rows, 4, columns) + values.astype("<f4").tobytes()
    least, extent = float(values.min()), float(values.max() - values.min())
    header = token + _HEADER.pack(least, extent, *values.shape)
    fractions = (values.astype(np.float64) - least) / extent * _SHORT
    if precision is Precision.SHORT:
        return header + np.round(fractions).astype("<u2").tobytes()
    corners, codes = _bytes_by_column(fractions)
    return header + corners.astype("<u2").tobytes() + codes.T.tobytes()


def _bytes_by_column(
    fractions: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Return [columns, 4] corners of the columns and [rows, columns] codes between them."""
    rows = len(fractions)
    places = (0, rows // 4, 3 * (rows // 4), rows - 1)
    corners = np.round(np.sort(fractions, axis=0)[list(places)]).astype(np.int64).T
    for corner in range(4):  # the reader divides by their distances, which must not be zero
        lowest = corners[:, corner - 1] + 1 if corner else np.zeros(len(corners), np.int64)
        corners[:, corner] = np.clip(corners[:, corner], lowest, _SHORT - 3 + corner)
    codes = np.empty(fractions.shape, np.uint8)
    for column, (around, values) in enumerate(zip(corners, fractions.T, strict=True)):
        codes[:, column] = np.round(np.interp(values, around, _QUARTILES))
    return corners, codes
