"""What frameworks are made for, and whom they meet there."""

from __future__ import annotations

import numpy as np
import pytest

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.made_for import alike, jobs, kind_words

SCORED = [one.slug for one in get_catalog().alternatives.values() if one.role != "alternative"]


def fits(slug: str) -> dict[str, bool | None]:
    catalog = get_catalog()
    return {job.option: job.is_made_for for job in jobs(catalog, catalog.alternatives[slug])}


def test_a_framework_for_requests_and_one_for_data_apps_are_told_apart() -> None:
    assert fits("flask")["api"] is True
    assert fits("flask")["data-app"] is False
    assert fits("streamlit")["api"] is False
    assert fits("streamlit")["data-app"] is True


@pytest.mark.parametrize("slug", SCORED)
def test_a_job_it_is_not_made_for_has_a_reason_and_no_other(slug: str) -> None:
    for job in jobs(get_catalog(), get_catalog().alternatives[slug]):
        assert bool(job.reason) == (job.is_made_for is False)


@pytest.mark.parametrize("slug", SCORED)
def test_those_most_like_it_share_a_job_with_it(slug: str) -> None:
    near = alike(get_catalog(), get_value_table(), [slug])

    assert len(near) == len(set(near)) == 4
    assert slug not in near
    own = {job for job, fit in fits(slug).items() if fit}
    assert all(own & {job for job, fit in fits(other).items() if fit} for other in near)


def test_a_framework_does_not_meet_its_own_addons() -> None:
    assert not {"django-ninja", "django-rest-framework"} & set(
        alike(get_catalog(), get_value_table(), ["django"], 20)
    )


def test_the_closest_has_the_smallest_mean_difference() -> None:
    values = get_value_table().values
    near = alike(get_catalog(), get_value_table(), ["reflex"], 3)

    own = values.loc[["reflex"]].to_numpy()
    distances = np.abs(values.loc[list(near)].to_numpy() - own).mean(axis=1).tolist()
    assert distances == sorted(distances)


def test_what_is_not_scored_meets_its_own_kind() -> None:
    catalog = get_catalog()
    kinds = {
        kind_words(catalog.alternatives[other])
        for other in alike(catalog, get_value_table(), ["laravel"])
    }

    assert kinds == {"full-stack"}


def test_several_frameworks_bring_their_closest_in_turn() -> None:
    catalog, table = get_catalog(), get_value_table()
    together = alike(catalog, table, ["django", "reflex"], 2)

    assert together == (
        alike(catalog, table, ["django"], 1)[0],
        alike(catalog, table, ["reflex"], 1)[0],
    )
