#!/usr/bin/env python3
"""Sets callcoach up in this folder and runs a task. Needs nothing but Python 3.11 or newer.

    python3 make.py demo        watch a whole call (arguments go on to `callcoach demo`)
    python3 make.py test        run the tests (arguments go on to pytest)
    python3 make.py builder     build small speech models and hear with them (installs torch)
    python3 make.py check       lint, types and import contracts
    python3 make.py bench       measure speed
    python3 make.py run ...     run callcoach with these arguments
    python3 make.py messages    bring the catalogue of the interface up to date
    python3 make.py docs        write the generated pages and pictures of docs/
    python3 make.py lock        resolve the dependencies anew
    python3 make.py build       build the wheel and the source distribution

The first run makes `.venv` and installs the locked dependencies, with uv where it is installed and
with pip otherwise; later runs do so only when the lock or a translation has changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "callcoach-stamp"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
CATALOGUES = sorted(ROOT.glob("src/callcoach/locale/*/LC_MESSAGES/*.po"))
"""Compiled when the project is installed, so a changed one is a reason to install again."""
OLDEST = (3, 11)
BUILDER = ("torch==2.13.0", "onnx>=1.23")
"""Train and write the speech models of the tests; no part of any other task."""


def main(arguments: Sequence[str]) -> int:
    """Run a task; return its exit code."""
    if sys.version_info < OLDEST:
        print(f"callcoach needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version}")
        return 2
    name = arguments[0] if arguments else ""
    task = TASKS.get(name)
    if task is None:
        print(__doc__)
        return 0 if name in ("", "help", "-h", "--help") else 2
    return task(list(arguments[1:]))


def python() -> Path:
    """Return the interpreter of the project's own environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(*, dev: bool) -> None:
    """Make the environment and install what the locks name, where that is not done yet."""
    wanted = _fingerprint(dev)
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    if wanted in done and python().exists():
        return
    uv = shutil.which("uv")
    print(f"Setting up {VENV.name} with {'uv' if uv else 'pip'} …", flush=True)
    if not python().exists():
        make = [uv, "venv", str(VENV), "--python", sys.executable] if uv else None
        _call(make or [sys.executable, "-m", "venv", str(VENV)])
    install = (
        [uv, "pip", "install", "--python", str(python())]
        if uv
        else [str(python()), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    )
    lock = DEV_LOCK if dev else RUN_LOCK
    _call([*install, "--require-hashes", "-r", str(lock)])
    _call([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    both = {wanted, _fingerprint(dev=False)}
    STAMP.write_text("\n".join(sorted(both)), encoding="utf-8")


def _fingerprint(dev: bool) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (DEV_LOCK if dev else RUN_LOCK, ROOT / "pyproject.toml", *CATALOGUES):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _call(command: Sequence[str]) -> None:
    """Run a command; leave with its exit code where it fails."""
    done = subprocess.run(list(command), cwd=ROOT, check=False)
    if done.returncode:
        print(f"This failed: {' '.join(map(str, command))}", file=sys.stderr)
        sys.exit(done.returncode)


def _run(*command: str) -> int:
    """Run a module of the environment in the user's folder; return its exit code."""
    return subprocess.run([str(python()), *command], check=False).returncode


def _here(*command: str) -> int:
    """Run a module of the environment in the project's folder; return its exit code."""
    return subprocess.run([str(python()), *command], cwd=ROOT, check=False).returncode


def _quietly(*command: str) -> int:
    """Run a module of the environment; return its exit code, and say nothing of what it says."""
    return subprocess.run([str(python()), *command], check=False, capture_output=True).returncode


def demo(arguments: list[str]) -> int:
    """Watch a whole call."""
    prepare(dev=False)
    return _run("-m", "callcoach", "demo", *arguments)


def run(arguments: list[str]) -> int:
    """Run callcoach."""
    prepare(dev=False)
    return _run("-m", "callcoach", *arguments)


def test(arguments: list[str]) -> int:
    """Run the tests; many wait for sound or a screen, so more run at once than there are cores."""
    prepare(dev=True)
    workers = str((os.cpu_count() or 1) + 1)
    return _here("-m", "pytest", *(arguments or ["-n", workers, "--dist", "worksteal"]))


def builder(arguments: list[str]) -> int:
    """Test the builder of the speech models; it needs libespeak-ng, and torch, which is large."""
    prepare(dev=True)
    if _here("-c", "import torch, onnx"):
        _call([str(python()), "-m", "ensurepip"])
        _call([str(python()), "-m", "pip", "install", *BUILDER])
    return _here("-m", "pytest", "-m", "builder", *(arguments or ["tests/models"]))


def check(arguments: list[str]) -> int:
    """Run lint, types and import contracts."""
    prepare(dev=True)
    steps = (
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    )
    return max(_here(*step) for step in steps)


def bench(arguments: list[str]) -> int:
    """Measure speed; a rival without a wheel for this machine is told in the table."""
    prepare(dev=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for rival in project["dependency-groups"]["bench"]:
        name = rival.partition(">")[0]
        if _quietly("-c", f"import {name}"):
            _quietly("-m", "ensurepip")
            _quietly("-m", "pip", "install", "--only-binary", ":all:", rival)
    return _here("-m", "tests.bench", *arguments)


def messages(arguments: list[str]) -> int:
    """Bring the catalogue up to date and compile it."""
    prepare(dev=True)
    return _here("-m", "callcoach.locale.catalogue", *arguments)


def docs(arguments: list[str]) -> int:
    """Write the generated pages and pictures."""
    prepare(dev=True)
    return max(_here("-m", module) for module in ("callcoach.script.reference", "tests.pictures"))


def lock(arguments: list[str]) -> int:
    """Resolve the dependencies anew, for every platform and Python; needs uv."""
    common = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    common += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *arguments]
    groups: Mapping[Path, list[str]] = {
        RUN_LOCK: ["--group", "build"],
        DEV_LOCK: ["--group", "build", "--group", "dev"],
    }
    for path, chosen in groups.items():
        _call(["uv", "pip", "compile", "pyproject.toml", *chosen, *common, "-o", str(path)])
    return 0


def build(arguments: list[str]) -> int:
    """Build the wheel and the source distribution."""
    prepare(dev=True)
    return _here("-m", "hatchling", "build", *arguments)


TASKS: Mapping[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "run": run,
    "test": test,
    "builder": builder,
    "check": check,
    "bench": bench,
    "messages": messages,
    "docs": docs,
    "lock": lock,
    "build": build,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
