"""What the command line says about listening to a call."""

from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from callcoach.cli.terminal import take_pipe
from callcoach.errors import AudioError, UsageError, suggest
from callcoach.script.model import Speaker

MIC, PIPE = "mic", "-"
"""What `--audio` can be beside a file."""


@dataclass(frozen=True, slots=True)
class Audio:
    """What the command line says about listening; None: as in the settings."""

    source: str
    """`mic`, `-` or the path of a file."""
    roles: tuple[Speaker, ...] = ()
    speed: float = 1.0
    """Of a file, times real speed."""
    rate: int = 0
    """Samples a second of what has no header."""
    pipe: BufferedReader | None = None
    """Where the samples of `-` are read from."""
    follows: bool | None = None
    keep: str | None = None
    """`flac` or `opus` to keep the sound, `no` not to."""

    @property
    def is_file(self) -> bool:
        """Tell whether it is a file."""
        return self.source not in (MIC, PIPE)


def read_audio(
    audio: str | None,
    roles: str | None,
    speed: float,
    rate: int | None,
    follow: bool | None,
    keep: str | None = None,
) -> Audio | None:
    """Return what the options say; None where nothing is said about what to listen to.

    `-` takes standard input for its sound; keys are read from the terminal then. Raises
    `UsageError`, and `AudioError` where there is no such file.
    """
    if audio is None:
        if roles or rate or follow is not None or speed != 1.0:
            raise UsageError(
                "nothing is listened to without --audio", "add --audio mic, or name a recording"
            )
        return None
    if audio in (MIC, PIPE):
        _refuse(audio, roles, speed, rate)
    elif not Path(audio).expanduser().is_file():
        raise no_recording(audio)
    return Audio(
        audio if audio in (MIC, PIPE) else str(Path(audio).expanduser()),
        read_roles(roles),
        speed,
        rate or 0,
        take_pipe() if audio == PIPE else None,
        follow,
        keep,
    )


def no_recording(file: str | Path) -> AudioError:
    """Return what to tell where no recording has the name."""
    return AudioError("there is no recording {file}", "check how it is spelt", file=file)


def _refuse(audio: str, roles: str | None, speed: float, rate: int | None) -> None:
    """Raise `UsageError` for an option that would do nothing."""
    if audio == MIC:
        for option, value in (("--roles", roles), ("--rate", rate)):
            if value:
                raise UsageError(
                    "{option} has no meaning for the microphone",
                    "leave it out; devices are chosen with: callcoach config set far_side NAME",
                    option=option,
                )
    if speed != 1.0:
        raise UsageError(
            "only a recording can be played faster or slower", "leave --speed out, or name a file"
        )


def read_roles(text: str | None) -> tuple[Speaker, ...]:
    """Return the speakers that are named, separated by commas. Raises `UsageError`."""
    names = [name.strip().lower() for name in text.split(",")] if text else []
    known = [str(speaker) for speaker in Speaker]
    for name in names:
        if name not in known:
            raise UsageError("nobody is called “{name}”", suggest(name, known), name=name)
    return tuple(map(Speaker, names))
