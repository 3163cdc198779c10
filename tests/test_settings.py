"""Settings: one table of options, each by default, file, environment or flag."""

import os
from pathlib import Path

import pytest

from callcoach.errors import UsageError
from callcoach.settings import (
    BY_NAME,
    OPTIONS,
    Kind,
    Origin,
    Settings,
    Value,
    load_settings,
    parse_value,
    text_of,
    written,
)


def settings(
    tmp_path: Path, text: str = "", environment: dict[str, str] | None = None, **flags: str
) -> Settings:
    """Return the settings of a file with this text."""
    file = tmp_path / "config.toml"
    if text:
        file.write_text(text, encoding="utf-8")
    return load_settings(file, environment or {}, flags)


def test_without_anything_every_option_has_its_default(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert tuple(found.all) == tuple(BY_NAME)
    assert {setting.origin for setting in found.all.values()} == {Origin.DEFAULT}


def test_a_flag_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    text, environment = 'theme = "ansi"\n', {"CALLCOACH_THEME": "high-contrast"}
    one = settings(tmp_path, text)
    two = settings(tmp_path, text, environment)
    three = settings(tmp_path, text, environment, theme="callcoach-light")
    shown = [(it.text("theme"), it.all["theme"].origin) for it in (one, two, three)]
    assert shown == [
        ("ansi", Origin.FILE),
        ("high-contrast", Origin.ENVIRONMENT),
        ("callcoach-light", Origin.FLAG),
    ]
    assert three.all["theme"].where == "--theme"
    assert two.all["theme"].where == "CALLCOACH_THEME"
    assert one.all["theme"].where == str(tmp_path / "config.toml")


def test_an_empty_variable_sets_nothing(tmp_path: Path) -> None:
    found = settings(tmp_path, 'theme = "ansi"\n', {"CALLCOACH_THEME": ""})
    assert found.all["theme"].origin is Origin.FILE


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("plain", "yes", True),
        ("plain", "ON", True),
        ("plain", "0", False),
        ("plain", "", False),
        ("agent", "安", "安"),
        ("journal", "", ""),
        ("journal", "~/j.db", Path("~/j.db").expanduser()),
        ("packs", f"a{os.pathsep}b{os.pathsep}", (Path("a"), Path("b"))),
        ("facts", "company = Fairway; note = a=b;", {"company": "Fairway", "note": "a=b"}),
        ("language", "zh", "zh"),
    ],
)
def test_a_text_is_read_as_the_options_kind_says(name: str, given: str, value: Value) -> None:
    assert parse_value(name, given, "here") == value


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("plain = true", "plain", True),
        ('packs = ["a", "b"]', "packs", (Path("a"), Path("b"))),
        ('[facts]\ncompany = "Fairway"\nday = 3', "facts", {"company": "Fairway", "day": "3"}),
    ],
)
def test_a_file_may_say_it_in_toml(tmp_path: Path, text: str, name: str, value: Value) -> None:
    assert settings(tmp_path, text).all[name].value == value


@pytest.mark.parametrize("name", [option.name for option in OPTIONS])
def test_a_value_that_is_written_is_read_back(name: str) -> None:
    given = {
        Kind.FLAG: "yes",
        Kind.CHOICE: BY_NAME[name].choices[-1:],
        Kind.TABLE: "a=b;c=d",
        Kind.PATHS: os.pathsep.join(("a", "b")),
    }.get(BY_NAME[name].kind, "text")
    value = parse_value(name, given if isinstance(given, str) else given[0], "here")
    assert parse_value(name, written(value), "here") == value


@pytest.mark.parametrize(
    ("name", "given", "hint"),
    [
        ("plain", "perhaps", "it takes yes or no"),
        ("theme", "dark", "it takes one of callcoach-dark"),
        ("facts", "company", "it takes name=value, separated by ;"),
        ("teme", "ansi", "did you mean theme?"),
        ("zzz", "ansi", "there are language, pack"),
    ],
)
def test_a_value_that_cannot_be_used_says_what_can(name: str, given: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_value(name, given, "CALLCOACH_X")
    assert hint in refused.value.hint
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff", "no readable TOML"),
        (b"theme", "no readable TOML"),
        (b"facts = 3", "facts cannot be “3”"),
        (b"packs = [1]", "packs cannot be"),
        (b"teme = 1", "there is no option “teme”"),
        (b"#" * 1_000_001, "is larger than 1,000,000 bytes"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        load_settings(file, {})
    assert str(file) in refused.value.message
    assert told in refused.value.message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="only POSIX has /dev/zero")
def test_a_device_without_an_end_is_no_settings_file() -> None:
    with pytest.raises(UsageError, match="larger than"):
        load_settings(Path("/dev/zero"), {})
    with pytest.raises(UsageError, match="larger than"):
        text_of(Path("/dev/zero"))


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings(tmp_path, {})


def test_a_value_is_asked_for_by_its_kind(tmp_path: Path) -> None:
    found = settings(tmp_path, plain="yes", agent="Anna", journal="j.db", packs="p", facts="a=b")
    assert found.flag("plain")
    assert found.text("agent") == "Anna"
    assert found.path("journal") == Path("j.db")
    assert found.paths("packs") == (Path("p"),)
    assert found.table("facts") == {"a": "b"}
    empty = settings(tmp_path)
    assert (empty.path("journal"), empty.paths("packs"), empty.table("facts")) == (None, (), {})
