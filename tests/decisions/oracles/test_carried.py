"""Real votes with published results, counted every day by the command as a user asks it. See data/README.md."""

from pathlib import Path

import pytest

from . import checks
from .asking import CARRIED, files


@pytest.mark.parametrize("file", files(CARRIED, "scotland_stv_2017/*.blt"))
def test_a_scottish_ward_agrees_with_the_council_at_every_stage(file: Path) -> None:
    checks.scottish_official(file)


@pytest.mark.parametrize("file", files(CARRIED, "k8s_*"))
def test_an_election_of_kubernetes_agrees_with_its_published_winners(file: Path) -> None:
    checks.kubernetes(file)


@pytest.mark.parametrize("file", files(CARRIED, "annarbor_council_votes/*.csv"))
def test_items_of_a_council_pass_and_fail_as_its_minutes_say(file: Path) -> None:
    agree, differ = checks.ann_arbor(file)
    assert (agree > 10, differ) == (True, [])


@pytest.mark.parametrize("file", files(CARRIED, "nsw_la_2019_irv/*.soi"))
def test_a_district_of_new_south_wales_agrees_with_a_count_written_as_plainly_as_can_be(file: Path) -> None:
    checks.district(file)
