"""An add-on laid over the framework it needs."""

from __future__ import annotations

from framework_picker.domain.addons import laid_over
from tests.domain.catalogs import EVIDENCE, alternative, capability, observation

TABLE = EVIDENCE.capability_value
BASE = alternative(
    "django",
    facts={"protocol": "WSGI", "lines": 20, "admin_since": 2005},
    capabilities={
        "admin": "built-in",
        "openapi": "third-party",
        "auth": capability("built-in", is_partial=True),
    },
    series={"stars": (observation("2026-01-01", 80_000),)},
)
ADDON = alternative(
    "ninja",
    role="addon",
    extends="django",
    facts={"lines": 8},
    capabilities={"openapi": "built-in", "admin": "none", "auth": "third-party"},
    series={"stars": (observation("2026-01-01", 8_000),)},
)


def test_of_two_facts_the_addons_own_wins_and_the_rest_is_inherited() -> None:
    both = laid_over(BASE, ADDON, TABLE)

    assert {key: fact.value for key, fact in both.facts.items()} == {
        "admin_since": 2005,
        "lines": 8,
        "protocol": "WSGI",
    }


def test_of_two_capabilities_the_one_worth_more_wins() -> None:
    both = laid_over(BASE, ADDON, TABLE)

    assert both.capabilities["openapi"] == ADDON.capabilities["openapi"]
    assert both.capabilities["admin"] == BASE.capabilities["admin"]
    # 60 for a whole third-party package, 50 for a part of it built in.
    assert both.capabilities["auth"] == ADDON.capabilities["auth"]


def test_at_equal_worth_the_addons_own_capability_is_kept() -> None:
    addon = alternative(
        "ninja", extends="django", capabilities={"openapi": capability("third-party", package="x")}
    )

    assert laid_over(BASE, addon, TABLE).capabilities["openapi"].package == "x"


def test_the_community_of_an_addon_is_that_of_its_base() -> None:
    assert laid_over(BASE, ADDON, TABLE).series == BASE.series


def test_the_name_says_that_both_are_used() -> None:
    both = laid_over(BASE, ADDON, TABLE)

    assert (both.slug, both.name, both.role) == ("ninja", "Django with Ninja", "addon")
