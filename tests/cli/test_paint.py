"""A file that there was no room for does not stay behind half written."""

from pathlib import Path

import pytest

from callcoach.cli.paint import write_file
from callcoach.errors import UsageError


class _FullDisk(type(Path())):  # type: ignore[misc]
    """A path on a disk that takes a name and no content."""

    def write_bytes(self, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("was_there", [True, False])
def test_only_a_new_file_is_removed_where_the_disk_is_full(tmp_path: Path, was_there: bool) -> None:
    file = _FullDisk(tmp_path / "form.yaml")
    if was_there:
        file.touch()
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(file, b"form: 1")
    assert file.exists() is was_there
