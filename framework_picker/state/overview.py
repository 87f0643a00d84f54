"""All frameworks of the catalog by what they are made for, ready to be shown.

Nothing here is remembered: the list is the same for everybody and stands in the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from framework_picker import routes
from framework_picker.domain.made_for import alike, kind_words
from framework_picker.domain.model import Alternative, Catalog
from framework_picker.domain.readings import NOT_VERIFIED, reading
from framework_picker.domain.values import ValueTable

SITES = "Sites and APIs, one request at a time"
ASYNC_APIS = "Sites and APIs, async"
PAGES = "Data apps and interfaces in Python alone"
ADDONS = "Add-ons"
OUTSIDE = "Outside Python, described but not scored"


@dataclass(frozen=True, slots=True)
class Entry:
    """One framework; a fact that is not verified says so in words."""

    name: str
    href: str
    compare_href: str
    kind: str
    release: str
    released: str
    keeper: str
    licence: str
    language: str
    versions: str
    stars: str
    starred: str


@dataclass(frozen=True, slots=True)
class Section:
    """Frameworks that meet each other, A to Z."""

    title: str
    explanation: str
    entries: tuple[Entry, ...]


def overview(catalog: Catalog, table: ValueTable) -> tuple[Section, ...]:
    """Every framework once: Python by what it is made for, add-ons, other languages."""
    members: dict[str, list[Alternative]] = {}
    for alternative in catalog.alternatives.values():
        members.setdefault(_section(alternative), []).append(alternative)
    return tuple(
        Section(title, explanation, _entries(catalog, table, members[title]))
        for title, explanation in _SECTIONS.items()
        if title in members
    )


_SECTIONS = {
    SITES: "A worker answers one request, then the next; async is partial or missing.",
    ASYNC_APIS: "Handlers run on the server’s event loop and wait for many things at once.",
    PAGES: "Interactive pages without templates and JavaScript of your own.",
    ADDONS: "Scored together with the framework they need.",
    OUTSIDE: "For those to whom Python is not settled.",
}


def _section(alternative: Alternative) -> str:
    """Where a framework stands, read from its facts."""
    if alternative.role == "alternative":
        return OUTSIDE
    if alternative.role == "addon":
        return ADDONS
    if _words(alternative, "python_only_ui") == "yes":
        return PAGES
    return ASYNC_APIS if _words(alternative, "async_support") == "native" else SITES


def _entries(
    catalog: Catalog, table: ValueTable, members: Sequence[Alternative]
) -> tuple[Entry, ...]:
    ordered = sorted(members, key=lambda one: one.name.casefold())
    return tuple(_entry(catalog, table, alternative) for alternative in ordered)


def _entry(catalog: Catalog, table: ValueTable, alternative: Alternative) -> Entry:
    stars = alternative.facts.get("stars")
    near = alike(catalog, table, [alternative.slug], 3)
    language = _words(alternative, "language_requires")
    if language == NOT_VERIFIED:
        language = alternative.language
    return Entry(
        name=alternative.name,
        href=routes.framework(alternative.slug),
        compare_href=routes.comparison((alternative.slug, *near)),
        kind=kind_words(alternative),
        release=_words(alternative, "latest_release"),
        released=_words(alternative, "latest_release_date"),
        keeper=_words(alternative, "governance"),
        licence=_words(alternative, "licence"),
        language=language,
        versions=_words(alternative, "python_requires") if alternative.language == "Python" else "",
        stars=reading(stars.value) if stars is not None else NOT_VERIFIED,
        starred=stars.as_of.isoformat() if stars is not None else "",
    )


def _words(alternative: Alternative, key: str) -> str:
    fact = alternative.facts.get(key)
    return NOT_VERIFIED if fact is None else reading(fact.value)
