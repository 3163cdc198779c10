"""Builds what calls are listened to with: devices, a file or a pipe, and a language's model."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from callcoach.call.consent import Policy
from callcoach.cli.call_clock import CallClock, SoundClock
from callcoach.cli.hearing.audio import MIC, PIPE, Audio
from callcoach.errors import AudioError, ModelError, StorageError, suggest
from callcoach.hearing.listener import Listener
from callcoach.hearing.sound import RATE, Device, Piped, Recording, Wanted
from callcoach.script.model import Speaker
from callcoach.settings import Origin
from callcoach.tui.ports import NO_FAR_SIDE

if TYPE_CHECKING:  # 100 ms in all, which calls that are typed need not wait for
    from callcoach.call.live import LiveCall
    from callcoach.call.ports import Clock
    from callcoach.cli.workplace import Workplace
    from callcoach.hearing.capture.device_list import Listed
    from callcoach.hearing.capture.messages import Keep
    from callcoach.hearing.models.registry import Model, NoModel


class Ears:
    """What this user's calls are listened to with; see `tui.ports.Ears`."""

    def __init__(self, place: Workplace, audio: Audio | None = None) -> None:
        """Take what the command line says; without it, the settings say."""
        self._place = place
        self._audio = audio

    @property
    def are_wanted(self) -> bool:
        """Tell whether calls are to be listened to from their beginning."""
        return self._audio is not None or self._place.settings.text("hearing") == MIC

    @property
    def speed(self) -> float:
        """Return how fast the time of a call passes: that of a recording, or the real one."""
        return self._audio.speed if self._audio is not None and self._audio.is_file else 1.0

    def clock(self) -> Clock | None:
        """Return the time of a call that is a recording; None: it is the real one.

        It begins with the sound, unless the agent begins the call before.
        """
        audio = self._audio
        if audio is None or not audio.is_file:
            return None
        is_first = self._policy() is Policy.ALWAYS
        return SoundClock(self.speed) if is_first else CallClock(speed=self.speed)

    def check(self, language: str) -> None:
        """Raise `ModelError` or `AudioError` where a call in a language cannot be heard."""
        self._model(language)
        wanted = self._wanted()
        if isinstance(wanted, Recording):
            from callcoach.hearing.capture.trial_opening import try_recording  # a child process

            try_recording(wanted)

    def listener(self, live: LiveCall, is_alone: bool = False) -> Listener:
        """Return what listens to a call; `is_alone`: only to the agent.

        Raises `ModelError` and `AudioError`, with what to do.
        """
        from callcoach.hearing.supervised import SupervisedEar  # child processes: not at start-up

        session, audio = live.session, self._audio
        model = self._model(session.state.language)
        keep = self._keep(live)
        read = audio.pipe.read1 if audio is not None and audio.pipe is not None else None
        ear = SupervisedEar(
            self._wanted(is_alone),
            model,
            phrases=self._phrases(live),
            keep=keep,
            read=read,
            logs=self._logs(),
        )
        follows = self._place.settings.flag("follow_speech")
        # Phrases that are found by their sound are made when they are asked for first, which takes
        # seconds: not while somebody speaks.
        _ = session.coach.judge.rules.sounds
        return Listener(
            live,
            ear,
            model,
            self._policy(is_alone),
            follows=follows if audio is None or audio.follows is None else audio.follows,
            reads_on=audio is not None and audio.is_file,
            models=self._find_model,
            began=live.clock.start if isinstance(live.clock, SoundClock) else None,
            closed=partial(_close_record, keep, live.id) if keep is not None else None,
            kept=keep.format if keep is not None else "",
        )

    def _keep(self, live: LiveCall) -> Keep | None:
        """Return where and how the sound of a call is kept, and let what is too old go.

        Raises `StorageError`, and `UsageError` for a setting that is no number of days.
        """
        from callcoach.hearing.capture.messages import Keep
        from callcoach.hearing.keeping.recordings import days_of, folder_for, recordings_folder

        settings = self._place.settings
        wanted = self._audio.keep if self._audio is not None else None
        format = wanted or settings.text("keep_audio")
        root = recordings_folder(self._place.journal_path)
        let_go(self._place.journal_path, days_of(settings.text("keep_audio_days")))
        if format == "no" or not live.id:
            return None
        return Keep(str(folder_for(root, live.id)), format)

    def _logs(self) -> Path | None:
        """Return where native libraries may print; None where that folder cannot be made."""
        folder = self._place.state_folder
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder if folder.is_dir() else None

    def _phrases(self, live: LiveCall) -> tuple[str, ...]:
        """Return the words to expect, where the settings want the recogniser to be told."""
        if not self._place.settings.flag("hints"):
            return ()
        from callcoach.hearing.hints import phrases_of

        state = live.session.state
        return phrases_of(live.session.coach.script, state.language, state.facts)

    def devices(self) -> tuple[Listed, ...]:
        """Return the devices there are, within seconds. Raises `AudioError`."""
        from callcoach.hearing.capture.device_list import list_devices  # only where asked for

        return list_devices()

    def _policy(self, is_alone: bool = False) -> Policy:
        """Return when it may be listened.

        From the beginning to a file, which is recorded already, and to an agent alone, who has
        asked for it: there is no customer to agree.
        """
        settings = self._place.settings
        is_told = settings.all["listen"].origin is Origin.FLAG
        if self._audio is not None and self._audio.is_file and not is_told:
            return Policy.ALWAYS
        policy = Policy(settings.text("listen"))
        return Policy.ALWAYS if is_alone and policy is Policy.SCRIPT else policy

    def _find_model(self, language: str) -> Model | NoModel:
        from callcoach.cli.model.commands import places_of
        from callcoach.hearing.models.registry import model_for

        return model_for(language, places_of(self._place), self._place.settings.table("speech"))

    def _model(self, language: str) -> Model:
        from callcoach.hearing.models.registry import NoModel

        found = self._find_model(language)
        if isinstance(found, NoModel):
            raise ModelError(found.reason, found.remedy)
        return found

    def _wanted(self, is_alone: bool = False) -> Wanted:
        """Return what is to be listened to. Raises `AudioError` where there is no such device."""
        audio = self._audio
        if audio is None or audio.source == MIC:
            return self._devices(is_alone)
        if audio.source == PIPE:
            roles = audio.roles or (Speaker.AGENT, Speaker.CUSTOMER)
            return Piped(audio.rate or RATE, len(roles), roles)
        return Recording(audio.source, audio.roles, audio.speed, audio.rate)

    def _devices(self, is_alone: bool) -> tuple[Device, ...]:
        """Return the agent's microphone, and the far side where there is one."""
        listed, settings = self.devices(), self._place.settings
        inputs = [one for one in listed if not one.is_loopback]
        loopbacks = [one for one in listed if one.is_loopback]
        if not inputs:
            raise AudioError(
                "there is no microphone", "plug one in, or look with: callcoach doctor audio"
            )
        own = _named(settings.text("microphone"), inputs)
        devices = [Device(Speaker.AGENT, own.name if own else "")]
        far = settings.text("far_side")
        if is_alone or far == NO_FAR_SIDE or not (far or loopbacks):
            return tuple(devices)
        found = _named(far, (*loopbacks, *inputs))
        is_loopback = found is None or found.is_loopback
        return (*devices, Device(Speaker.CUSTOMER, far, is_loopback))


def _named(name: str, devices: Sequence[Listed]) -> Listed | None:
    """Return the device of a name; None for the usual one. Raises `AudioError` for no such one."""
    found = next((one for one in devices if one.name == name), None)
    if name and found is None:
        names = [one.name for one in devices]
        raise AudioError("there is no sound device “{name}”", suggest(name, names), name=name)
    return found


def let_go(journal: Path, days: int) -> None:
    """Delete the sound of a journal's calls that was kept for so many days, but of those on hold.

    What cannot be deleted now is told by `callcoach recordings prune`.
    """
    from callcoach.archive.holds import standing_holds
    from callcoach.hearing.keeping.recordings import prune, recordings_folder

    with suppress(StorageError):
        prune(recordings_folder(journal), days, datetime.now(UTC), standing_holds(journal))


def _close_record(keep: Keep, call: str, opened: float) -> None:
    """Bind kept sound to its call; where that fails, `callcoach recordings verify` says so."""
    from callcoach.hearing.keeping.kept import close_record

    with suppress(StorageError):
        close_record(Path(keep.folder), call, opened, datetime.now(UTC))
