"""How old a reading is, and whether that is too old for what it says.

A fact may be true and still be old: stars move within months, a licence within decades. So each
kind of fact has a threshold of its own (``stale_after_days`` in ``data/facts.yaml``; the default
stands in ``data/evidence.yaml``). Age is counted up to the catalog's date, not today's: the same
data say the same thing on every day. It is a mark for the reader; scores do not change with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from framework_picker.domain.model import (
    Alternative,
    Capability,
    CapabilityKind,
    Fact,
    FactKind,
)

DAYS_PER_MONTH = 30.44
IN_MONTHS_UNTIL = 36
"""Ages of so many months and more are said in years."""


def with_ages(
    alternatives: Mapping[str, Alternative],
    *,
    fact_kinds: Mapping[str, FactKind],
    capability_kinds: Mapping[str, CapabilityKind],
    stale_after_days: int,
    as_of: date,
) -> dict[str, Alternative]:
    """The alternatives, every stale fact and capability marked with its age in days."""

    def aged_fact(key: str, fact: Fact) -> Fact:
        kind = fact_kinds.get(key)
        days = stale_days(fact.as_of, as_of, kind.stale_after_days if kind else stale_after_days)
        return replace(fact, stale_days=days) if days else fact

    def aged_capability(key: str, found: Capability) -> Capability:
        kind = capability_kinds.get(key)
        days = stale_days(found.as_of, as_of, kind.stale_after_days if kind else stale_after_days)
        return replace(found, stale_days=days) if days else found

    return {
        slug: replace(
            one,
            facts={key: aged_fact(key, fact) for key, fact in one.facts.items()},
            capabilities={key: aged_capability(key, c) for key, c in one.capabilities.items()},
            production_users=tuple(aged_fact("", fact) for fact in one.production_users),
            limits=tuple(aged_fact("", fact) for fact in one.limits),
        )
        for slug, one in alternatives.items()
    }


def stale_days(read: date, as_of: date, stale_after_days: int) -> int:
    """The age of a reading in days when it is past its threshold; 0 while it is fresh."""
    days = (as_of - read).days
    return days if days > stale_after_days else 0


def age_words(days: int) -> str:
    """An age in words: ``20 days old``, ``14 months old``, ``4 years old``."""
    months = round(days / DAYS_PER_MONTH)
    if months < 2:
        return f"{days} days old"
    if months < IN_MONTHS_UNTIL:
        return f"{months} months old"
    return f"{months // 12} years old"


def stale_words(days: int) -> str:
    """What stands beside a stale value: ``stale, 14 months old``; nothing beside a fresh one."""
    return f"stale, {age_words(days)}" if days else ""
