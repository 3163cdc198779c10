"""callcoach model: from an empty machine to a model that hears a language, and back."""

import hashlib
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from callcoach.cli.model.progress import Progress
from callcoach.hearing.models.outside import Stage
from callcoach.locale import Messages
from tests.cli.home import Home
from tests.hearing.models.making import FILES, NAME, make_folder, make_zip
from tests.hearing.models.server import Server, Turn, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Return a server that has a model, and nobody in between."""
    for name in os.environ:
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with serving(make_zip(), f"/{NAME}.zip") as served:
        yield served


def zipped(home: Home, name: str = f"{NAME}.zip", **files: bytes) -> str:
    """Write a model's zip; return its name."""
    return home.write(name, make_zip({**FILES, **files}))


def listed(home: Home) -> Any:
    """Return what the list says."""
    return home.run("model", "list", "--json").json


def test_a_machine_without_models_is_told_what_to_do(home: Home) -> None:
    english = home.run("model", "list")
    assert (english.code, english.err) == (0, "")
    assert "none yet" in english.out
    assert "callcoach model install zh-small" in english.out
    assert "vosk-model" not in english.out
    chinese = home.run("model", "list", language="zh").out
    assert "中文小模型" in chinese
    assert "可以打字记录" in chinese
    assert listed(home)["in_use"] == {"zh": None, "en": None}
    assert home.run("model", "path", "zh").code == 6


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_model_is_installed_used_verified_and_removed(
    home: Home, server: Server, language: str
) -> None:
    def run(*words: str) -> str:
        made = home.run("model", *words, language=language)
        assert made.code == 0, made.err
        return made.out + made.err

    told = run("install", server.address)
    digest = hashlib.sha256(server.content).hexdigest()
    assert {"en": "Downloading 100%", "zh": "下载 100%"}[language] in told
    assert digest in told
    assert {"en": "not encrypted", "zh": "未加密"}[language] in told
    folder = Path(run("path", NAME).strip())
    assert folder.is_relative_to(home.path)
    assert run("path", "en").strip() == str(folder)
    assert {"en": "as it was installed", "zh": "与安装时一致"}[language] in run("verify")
    row = listed(home)["installed"][0]
    assert (row["name"], row["language"], row["sha256"]) == (NAME, "en", digest)
    run("use", "en", NAME)
    assert home.run("config", "show", "speech", "--json").json["speech"]["value"] == {"en": NAME}
    told = run("remove", NAME, "--yes")
    assert "callcoach model use en" in told
    assert not folder.exists()


def test_a_known_digest_is_said_to_be_right(home: Home, server: Server) -> None:
    digest = hashlib.sha256(server.content).hexdigest()
    told = home.run("model", "install", server.address, "--sha256", digest)
    assert "the one expected" in told.out
    assert "not encrypted" not in told.out


def test_a_mirror_is_asked_instead(home: Home, server: Server) -> None:
    mirror = server.address.rpartition("/")[0]
    assert home.run("model", "install", NAME, "--mirror", mirror, "--json").json["name"] == NAME
    assert server.asked[0]["path"] == f"/{NAME}.zip"


@pytest.mark.parametrize(
    ("turn", "words", "told", "chinese"),
    [
        (Turn(status=404), (), "404 Not Found", "的回应"),
        (Turn(), ("--sha256", "0" * 64), "is not what it should be", "与预期不符"),
        (Turn(cut=9000, says_length=False), (), "is no whole zip", "不是完整的 zip"),
        (Turn(kind="text/html"), (), "answers with a page", "返回的是网页"),
    ],
)
def test_what_goes_wrong_is_told_in_both_languages(
    home: Home, server: Server, turn: Turn, words: tuple[str, ...], told: str, chinese: str
) -> None:
    server.turns = [turn, turn]
    for language, part in (("en", told), ("zh", chinese)):
        made = home.run("model", "install", server.address, *words, language=language)
        assert (made.code, made.out) == (6, "")
        assert part in made.err
    assert listed(home)["installed"] == []


def test_a_zip_and_a_folder_of_ones_own_are_taken(home: Home) -> None:
    assert home.run("model", "install", zipped(home, "mine.zip"), "--for", "zh").code == 0
    make_folder(home.desk / "folder-en")
    assert home.run("model", "install", "folder-en").code == 0
    assert listed(home)["in_use"] == {"zh": "mine", "en": "folder-en"}
    made = home.run("model", "install", "folder-en")
    assert made.code == 2
    assert "callcoach model remove folder-en" in made.err


def test_models_are_kept_where_the_setting_says(home: Home) -> None:
    home.run("model", "install", zipped(home))
    home.environment["CALLCOACH_MODELS"] = str(home.desk / "elsewhere")
    home.run("model", "install", zipped(home, "more-en.zip"))
    assert (home.desk / "elsewhere" / "more-en" / "am" / "final.mdl").is_file()
    assert {row["name"] for row in listed(home)["installed"]} == {NAME, "more-en"}


def test_a_second_choice_leaves_the_first_as_it_is(home: Home) -> None:
    make_folder(home.desk / "one-en")
    home.run("model", "install", zipped(home, "two-zh.zip"))
    assert home.run("model", "use", "en", "one-en").code == 0
    assert home.run("model", "use", "zh", "two-zh").code == 0
    assert listed(home)["in_use"] == {"en": "one-en", "zh": "two-zh"}
    assert home.run("model", "path", "en").out.strip() == str(home.desk / "one-en")
    told = home.run("model", "use", "en", "two-zh")
    assert (told.code, "hears zh, not en" in told.err) == (2, True)


@pytest.mark.parametrize("words", [("path", "nope"), ("use", "en", "nope"), ("verify", "nope")])
def test_a_model_that_is_not_there_is_told(home: Home, words: tuple[str, ...]) -> None:
    made = home.run("model", *words)
    assert (made.code, "“nope” is not installed" in made.err) == (6, True)


def test_verify_tells_damage_and_exits_with_6(home: Home) -> None:
    home.run("model", "install", zipped(home))
    folder = Path(home.run("model", "path", NAME).out.strip())
    (folder / "am" / "final.mdl").write_bytes(b"x")
    made = home.run("model", "verify")
    assert made.code == 6
    assert "am/final.mdl was changed" in made.out
    assert "am/final.mdl 已被改动" in home.run("model", "verify", language="zh").out
    (row,) = home.run("model", "verify", "--json").json
    assert row["problems"] == ["am/final.mdl was changed"]
    (folder / "conf" / "model.conf").unlink()
    assert "conf/model.conf is missing" in home.run("model", "list").out


def test_verify_looks_at_a_folder_that_somebody_copied(home: Home) -> None:
    make_folder(home.path / ".local/share/callcoach/models/own-en")
    made = home.run("model", "verify")
    assert (made.code, "did not install it" in made.out) == (0, True)


def test_a_model_is_not_removed_without_a_word(home: Home) -> None:
    home.run("model", "install", zipped(home))
    made = home.run("model", "remove", NAME)
    assert (made.code, "add --yes" in made.err) == (2, True)
    shipped = make_folder(home.desk / "mine-en")
    made = home.run("model", "remove", str(shipped), "--yes")
    assert (made.code, "none of your installed" in made.err) == (2, True)
    assert shipped.is_dir()


class Screen(StringIO):
    """A terminal, or a pipe, that keeps what was written; its clock goes a second at each look."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.at = 0.0
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal

    def clock(self) -> float:
        self.at += 1.0
        return self.at


def shown(is_terminal: bool, *steps: tuple[Stage, int, int | None]) -> str:
    """Return what is shown of an installation."""
    screen = Screen(is_terminal)
    with Progress(screen, Messages("en").say, screen.clock) as progress:
        for step in steps:
            progress.tell(*step)
    return screen.getvalue()


MB = 1_000_000
STEPS: tuple[tuple[Stage, int, int | None], ...] = (
    *((Stage.DOWNLOAD, n * MB, 40 * MB) for n in range(41)),
    (Stage.CHECK, 40 * MB, 40 * MB),
)


def test_a_bar_in_a_terminal_stays_in_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = shown(True, *STEPS)
    assert text.count("\n") == 2
    looks = text.split("\r")
    assert {len(look.rstrip("\n")) for look in looks[1:]} == {79}
    assert "Downloading  50% 20.0/40.0 MB [############............] 1.0 MB/s 0:20" in text
    assert "Checking 100%" in text


def test_elsewhere_there_is_a_line_for_every_tenth() -> None:
    lines = shown(False, *STEPS).splitlines()
    assert len(lines) == 12
    assert lines[5] == "Downloading  50% 20.0/40.0 MB"
    assert "\r" not in "".join(lines)


def test_where_nobody_knows_the_size_there_is_a_line_for_every_ten_megabytes() -> None:
    lines = shown(False, *((Stage.DOWNLOAD, n * MB, None) for n in range(25))).splitlines()
    assert lines == ["Downloading 0.0 MB", "Downloading 10.0 MB", "Downloading 20.0 MB"]
