"""Runs commands in a home of their own, in this process or as a user's shell would."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from callcoach.cli import main
from tests.support import SHARED_CACHE

SOURCE = Path(__file__).resolve().parents[2] / "src"
LOCALES = {"en": "en_GB.UTF-8", "zh": "zh_CN.UTF-8"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return what was printed as JSON."""
        return json.loads(self.out)


@dataclass(slots=True)
class Home:
    """A user's home, and the folder that the user is in."""

    path: Path
    desk: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, given: str | bytes = "", language: str = "en") -> Answer:
        """Run a command in this process."""
        runner = CliRunner(env={"LANG": LOCALES[language], **self.environment})
        with runner.isolation(input=given) as streams:
            code: object = 0
            try:
                main(words)
            except SystemExit as done:
                code = done.code
            sys.stdout.flush()
            sys.stderr.flush()
            out, err = (stream.getvalue().decode("utf-8") for stream in streams[:2])
        assert isinstance(code, int)
        assert "Traceback" not in err
        assert "bug in callcoach" not in err, err
        return Answer(code, out, err)

    def spawn(
        self, *words: str, given: str = "", language: str = "en", **more: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "callcoach", *words],
            input=given,
            env=self.variables(language),
            cwd=self.desk,
            encoding="utf-8",
            check=False,
            **({"capture_output": True} | more),
        )

    def variables(self, language: str = "en") -> Mapping[str, str]:
        """Return the environment of a process in this home."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        own = {
            "HOME": str(self.path),
            "LANG": LOCALES[language],
            "PYTHONPATH": str(SOURCE),
            "XDG_CACHE_HOME": str(SHARED_CACHE),
        }
        return {**kept, **own, **self.environment}

    def write(self, name: str, content: str | bytes) -> str:
        """Write a file in the present folder; return its name."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        (self.desk / name).write_bytes(data)
        return name

    def make_call(self, commands: str = "say\n1\nend hung_up\n", pack: str = "courtesy") -> Answer:
        """Make a call in line mode, so that there is one in the journal."""
        return self.run("call", pack, "--line-mode", given=commands)
