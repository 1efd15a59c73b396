"""The same story with nothing made before: the base and both roles are trained by the gpu worker."""

import pytest

from tests.service.story import from_order_to_release
from tests.service.team import Team

pytestmark = pytest.mark.slow


def test_a_first_night_ends_in_a_release_and_the_next_one_trains_nothing(team: Team, s3: str) -> None:
    team.worker("cpu")
    team.worker("gpu")

    from_order_to_release(team, s3, {"recipe": "tiny"}, 1800)
