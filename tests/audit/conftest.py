"""An audit that several tests read."""

from __future__ import annotations

import pytest

from quiz.audit import Audit, audit
from tests.audit.test_audit import FOUR, build


@pytest.fixture(scope="module")
def four() -> Audit:
    return audit(build(FOUR), voters=5000, seed=3)
