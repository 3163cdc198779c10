"""callcoach config, doctor and completion: how callcoach is set up on a machine."""

import os
from pathlib import Path

import pytest

from callcoach.archive.forget import erase
from callcoach.cli.doctor import command as doctor
from callcoach.cli.own_keys import is_key
from callcoach.settings import OPTIONS, Kind
from callcoach.tui.actions import ALL
from tests.archive.search.support import call_of, write
from tests.cli.home import Home

VALUES = {
    "language": "zh",
    "pack": "courtesy",
    "packs": "one",
    "journal": "j.db",
    "agent": "Anna",
    "theme": "ansi",
    "plain": "yes",
    "bell": "yes",
    "facts": "company=Fairway",
    "models": "speech",
    "speech": "zh=vosk-model-small-cn-0.22",
    "hearing": "mic",
    "microphone": "Headset",
    "far_side": "none",
    "listen": "ask",
    "follow_speech": "no",
    "hints": "yes",
    "keep_audio": "flac",
    "keep_audio_days": "7",
    "next_open": "yes",
    "keys": "say=f11",
}
"""A value for every option, other than its default."""


@pytest.mark.parametrize("name", [option.name for option in OPTIONS])
def test_every_option_comes_from_file_environment_and_flag(home: Home, name: str) -> None:
    option = next(option for option in OPTIONS if option.name == name)
    value = VALUES[name]

    def shown(*words: str) -> tuple[object, str]:
        told = home.run(*words, "config", "show", name, "--json").json[name]
        return told["value"], told["origin"]

    default = shown()
    assert default[1] == "default"
    assert home.run("config", "set", name, value).code == 0
    by_file = shown()
    assert by_file[1] == "file"
    home.environment[f"CALLCOACH_{name.upper()}"] = value
    assert shown() == (by_file[0], "environment")
    flag = f"--{option.flag}" if value == "yes" else f"--no-{option.flag}"
    words = [flag] if option.kind is Kind.FLAG else [f"--{option.flag}", value]
    assert shown(*words) == (by_file[0], "flag")
    home.environment.clear()
    assert home.run("config", "unset", name).code == 0
    assert shown() == default
    assert default[0] != by_file[0]


def test_origin_says_where_a_value_comes_from(home: Home) -> None:
    home.run("config", "set", "theme", "ansi")
    path = home.run("config", "path").out.strip()
    assert Path(path).is_relative_to(home.path)
    told = home.run("config", "show", "theme", "--origin").out
    assert told == f"theme = ansi    # from the file ({path})\n"


def test_setting_one_thing_leaves_the_rest_as_it_was(home: Home) -> None:
    path = Path(home.run("config", "path", "--json").json["path"])
    path.parent.mkdir(parents=True)
    path.write_text('# mine\npack = "courtesy"  # always\n', "utf-8")
    home.run("config", "set", "bell", "yes")
    assert path.read_text("utf-8") == '# mine\npack = "courtesy"  # always\nbell = true\n'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x91\xff", "no readable TOML"),
        (b"theme = ", "no readable TOML"),
        (b"theme = 3", "theme cannot be “3”"),
        (b'teme = "ansi"', "did you mean theme?"),
    ],
)
def test_a_bad_file_is_named_whatever_the_command(home: Home, content: bytes, told: str) -> None:
    file = home.write("settings.toml", content)
    made = home.run("calls", "--config", file)
    assert made.code == 2
    assert file in made.err
    assert told in made.err
    assert "settings.toml" in home.run("calls", "--config", file, language="zh").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "theme", "bogus"), "it takes one of callcoach-dark"),
        (("set", "teme", "ansi"), "did you mean theme?"),
        (("set", "plain", "perhaps"), "it takes yes or no"),
        (("set", "theme"), "VALUE is missing"),
        (("show", "teme"), "did you mean theme?"),
        (("sett",), "did you mean set?"),
    ],
)
def test_a_setting_that_cannot_be(home: Home, words: tuple[str, ...], told: str) -> None:
    made = home.run("config", *words)
    assert (made.code, told in made.err) == (2, True), made.err


def test_the_environment_is_checked_too(home: Home) -> None:
    home.environment["CALLCOACH_THEME"] = "bogus"
    made = home.run("calls", language="zh")
    assert made.code == 2
    assert "CALLCOACH_THEME" in made.err
    assert "可以是" in made.err


@pytest.mark.parametrize(("language", "said"), [("en", "Journal"), ("zh", "通话日志")])
def test_doctor_looks_at_everything(home: Home, language: str, said: str) -> None:
    looked = home.run("doctor", language=language)
    assert looked.code == 0
    assert said in looked.out
    areas = {finding["area"] for finding in home.run("doctor", "--json").json}
    assert {"Terminal", "Language", "Journal", "Packs", "Speech"} <= areas


def test_doctor_fails_where_something_is_broken(home: Home) -> None:
    home.environment["CALLCOACH_JOURNAL"] = home.write("garbage.db", b"\x00\xff" * 2000)
    looked = home.run("doctor", "--json")
    assert looked.code == 1
    bad = [finding for finding in looked.json if finding["state"] == "bad"]
    assert all(finding["remedy"] for finding in bad)


def test_doctor_names_what_finishes_an_erasure_that_broke_off(home: Home) -> None:
    path = Path(home.run("journal", "path").out.strip())
    gone, _ = write(path, *[call_of([("agent", "Hello")])] * 2)
    erase(path, [gone])
    looked = home.run("doctor")
    assert (looked.code, "1 call is erased, but" in looked.out) == (1, True)
    (command,) = [line.strip() for line in looked.out.splitlines() if "--finish" in line]
    assert home.run(*command.split()[1:]).code == 0
    looked = home.run("doctor")
    assert (looked.code, "erased" in looked.out) == (0, False)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_what_it_needs(home: Home, shell: str) -> None:
    printed = home.run("completion", shell)
    assert (printed.code, "_CALLCOACH_COMPLETE" in printed.out) == (0, True)
    assert home.run("completion", "tcsh").code == 2


def test_words_are_completed(home: Home) -> None:
    home.environment |= {
        "_CALLCOACH_COMPLETE": "bash_complete",
        "COMP_WORDS": "callcoach script ch",
        "COMP_CWORD": "2",
    }
    assert home.spawn().stdout.split() == ["plain,check"]
    assert "_CALLCOACH_COMPLETE" not in os.environ


def test_a_settings_file_that_was_named_and_is_not_there_is_told(home: Home) -> None:
    told = "there is no settings file mine.toml"
    made = home.run("--config", "mine.toml", "calls")
    assert (made.code, told in made.err) == (2, True), made.err
    home.environment["CALLCOACH_CONFIG"] = "mine.toml"
    assert home.run("config", "show").code == 2
    assert home.run("config", "set", "theme", "ansi").code == 0
    assert home.run("config", "show", "theme").out == "theme = ansi\n"
    assert home.run("--config", "no/mine.toml", "config", "set", "theme", "ansi").code == 2
    assert not Path("no").exists()


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("say=zzz", "say: “zzz” is no key"),
        ("say=F11", "did you mean f11?"),
        ("say=?", "slash"),
        ("say=f11, ctrl+b", "did you mean ctrl+b?"),
        ("say=ctrl+zzz", "is no key"),
        ("sya=f11", "there is no action “sya”"),
        ("hold=q;undo=q", "q is set for both hold and undo"),
        ("undo=f11;help=f11", "f11 is set for both undo and help"),
    ],
)
def test_keys_that_cannot_be_meant_are_refused(home: Home, keys: str, told: str) -> None:
    made = home.run("config", "set", "keys", keys)
    assert (made.code, told in made.err) == (2, True), made.err
    assert home.run("config", "show", "keys").out == "keys = \n"


def test_an_action_that_loses_a_key_is_told(home: Home) -> None:
    made = home.run("config", "set", "keys", "say=f11;begin=f11;objections=ctrl+t")
    assert (made.code, made.err) == (0, "ctrl+t is objections now, not listen\n")
    looked = home.run("doctor", "--json").json
    told = [it for it in looked if "ctrl+t" in it["what"]]
    assert [it["state"] for it in told] == ["hint"]


def test_every_key_of_our_own_is_one() -> None:
    assert all(is_key(key) for action in ALL for key in action.keys.split(","))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/nas/j.db", "nfs4"),
        ("/mnt/nas2/j.db", "ext4"),
        ("/mnt/my share/a/j.db", "cifs"),
        ("/mnt/\udcff/j.db", "vfat"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_bytes(
        b"/dev/sda1 / ext4 rw 0 0\n\nnas:/j /mnt/nas nfs4 rw 0 0\n"
        b"//s/x /mnt/my\\040share cifs rw 0 0\n/dev/sdb1 /mnt/\xff vfat rw 0 0\n"
    )
    monkeypatch.setattr(doctor, "_MOUNTS", mounts)
    assert doctor.file_system(Path(path)) == kind
