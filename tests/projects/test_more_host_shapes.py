"""The other half of the host projects; see ``test_host_shapes.py``."""

from __future__ import annotations

import pytest

from tests.projects.shapes import OTHER_HALF, drive


@pytest.mark.slow
@pytest.mark.parametrize("project", OTHER_HALF)
def test_a_host_of_this_shape_can_use_the_app(project: str) -> None:
    drive(project)
