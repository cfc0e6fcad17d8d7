"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is a matter of what else the machine does. Fixtures are shared by examples on purpose.
settings.register_profile(
    "tests",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("tests")


@pytest.fixture(scope="session")
def read() -> Callable:
    """Read a message with the trained model, as the bot does."""
    from bot.questions.reader import load_reader

    return load_reader().read
