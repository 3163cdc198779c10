"""An installed copy works in an empty home as the checkout does, packs and translations too."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the wheel of this checkout installs, and nothing else."""
    built = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("*.whl")
    site = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(site)
    return site


def run(site: Path, home: Path, *arguments: str, language: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `home`, with an environment that knows nothing else."""
    environment: Mapping[str, str] = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PYTHONPATH": str(site),
        "LANG": language,
    }
    return subprocess.run(
        [sys.executable, "-m", "callcoach", *arguments],
        cwd=home,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_copy_that_runs_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import callcoach; print(callcoach.__file__)"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)


def test_the_packs_are_in_it(installed: Path, tmp_path: Path) -> None:
    shipped = {folder.name for folder in (ROOT / "scripts").iterdir()}
    listed = run(installed, tmp_path, "script", "check", "--strict", language="en_GB.UTF-8")
    assert listed.returncode == 0, listed.stdout + listed.stderr
    there = installed / "callcoach" / "scripts"
    assert {folder.name for folder in there.iterdir()} == shipped
    for judges in (ROOT / "scripts").glob("*/judges.json"):
        assert (there / judges.parent.name / judges.name).read_bytes() == judges.read_bytes()
    assert (there / "overdue" / "judges.json").is_file()


@pytest.mark.parametrize(
    ("language", "said", "ended"),
    [
        ("zh_CN.UTF-8", "我是安心分期的林晓", "没有提醒"),
        ("en_GB.UTF-8", "calling from Fairway Finance", "No flags."),
    ],
)
def test_the_demo_plays_to_its_end_in_the_language_of_the_locale(
    installed: Path, tmp_path: Path, language: str, said: str, ended: str
) -> None:
    played = run(installed, tmp_path, "demo", "--speed", "0", language=language)
    assert played.returncode == 0, played.stderr
    assert said in played.stdout
    assert ended in played.stdout
    assert not played.stderr
