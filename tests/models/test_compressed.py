"""Packed matrices say what they said before, within the steps that one or two bytes have."""

import struct

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.tiny.compressed import Precision, pack


def unpack(packed: bytes) -> npt.NDArray[np.float64]:
    """Return the matrix that Kaldi's `CompressedMatrix` reads: its CharToFloat, written down."""
    token, _, body = packed.partition(b" ")
    least, extent, rows, columns = struct.unpack_from("<ffii", body)
    if token == b"CM2":
        codes = np.frombuffer(body, "<u2", offset=16).reshape(rows, columns)
        return np.asarray(least + extent * codes / 65535)
    assert token == b"CM"
    corners = np.frombuffer(body, "<u2", columns * 4, 16).reshape(columns, 4).astype(np.float64)
    codes = np.frombuffer(body, "u1", offset=16 + 8 * columns).reshape(columns, rows)
    matrix = np.empty((rows, columns))
    for column in range(columns):
        low, quarter, upper, high = least + extent * corners[column] / 65535
        for row, code in enumerate(codes[column].astype(int)):
            if code <= 64:
                value = low + (quarter - low) * code / 64
            elif code <= 192:
                value = quarter + (upper - quarter) * (code - 64) / 128
            else:
                value = upper + (high - upper) * (code - 192) / 63
            matrix[row, column] = value
    return matrix


@settings(max_examples=30)
@given(st.integers(5, 40), st.integers(1, 12), st.integers(0, 2**31))
def test_two_bytes_are_within_one_step(rows: int, columns: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).normal(0, 1, (rows, columns))
    step = (matrix.max() - matrix.min()) / 65535
    assert np.abs(unpack(pack(matrix, Precision.SHORT)) - matrix).max() <= step


@settings(max_examples=30)
@given(st.integers(5, 40), st.integers(1, 12), st.integers(0, 2**31))
def test_one_byte_is_within_half_a_step_of_its_column(rows: int, columns: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    matrix = chance.normal(0, 1, (rows, columns)) * chance.uniform(0.2, 2, columns)
    extent = matrix.max() - matrix.min()
    widest = (matrix.max(axis=0) - matrix.min(axis=0)) / 63
    error = np.abs(unpack(pack(matrix, Precision.BYTE)) - matrix).max(axis=0)
    assert (error <= widest / 2 + 4 * extent / 65535).all()


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_a_column_of_one_value_keeps_it(value: float) -> None:
    matrix = np.random.default_rng(2).normal(0, 1, (20, 3))
    matrix[:, 1] = value
    assert unpack(pack(matrix, Precision.BYTE))[:, 1] == pytest.approx([value] * 20, abs=1e-3)
