"""How the tests run: the same cases every time; more of them with HYPOTHESIS_PROFILE=explore."""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from callcoach.script.load import load_pack
from tests.remembered import Coaches, Packs

settings.register_profile(
    "repeatable",
    max_examples=100,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore", parent=settings.get_profile("repeatable"), max_examples=5000, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_configure(config: pytest.Config) -> None:
    """Let packs be loaded and made ready only once in all of this process."""
    patch, load, coach = pytest.MonkeyPatch(), Packs(load_pack), Coaches()
    for module in ("script.library", "cli.stored"):
        patch.setattr(f"callcoach.{module}.load_pack", load)
    for module in ("cli.coaches", "cli.shelf", "cli.script.rehearse"):
        patch.setattr(f"callcoach.{module}.Coach", coach)
    config.add_cleanup(patch.undo)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for garbage after all tests have been found, never again among these, and seldom."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20)
        gc.enable()
