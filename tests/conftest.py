"""How the tests run: the same cases every time; more of them with HYPOTHESIS_PROFILE=explore."""

import os

from hypothesis import HealthCheck, settings

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
