"""Every url of the app, and functions that build one.

Links to pages end with a slash: the server answers the other form with a redirect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

PICK = "/"
RESULT = "/result"
COMPARE = "/compare"
FRAMEWORKS = "/frameworks"
BENCHMARKS = "/benchmarks"
EVIDENCE = "/evidence"
CLAIM = "/evidence/[claim_id]"
"""A claim's own page: one page that the address tells which claim to show."""
DECISION = "/d/[decision_id]"
"""A saved decision's page; the address tells which."""
DECISIONS = "/decisions"
"""The decisions that this browser has saved."""
METHOD = "/method"
NOT_FOUND = "404"
"""Reflex's name for the page of every other address."""

HEALTH = "/healthz"
READY = "/readyz"
DATA_FEED = "/data.atom"
FRONT_CARD = "/card.png"
"""The picture that link previews show for the app itself."""
SITEMAP = "/sitemap.xml"

API = "/api"
API_DOCS = "/api/docs"
OPENAPI = "/api/openapi.json"


def link(route: str) -> str:
    """The address to put into a link for a route."""
    return route if route.endswith("/") else f"{route}/"


def framework_route(slug: str) -> str:
    """The route of a framework's profile. Slugs are plain: small letters, digits, hyphens."""
    return f"{FRAMEWORKS}/{slug}"


def framework(slug: str) -> str:
    """The address of a framework's profile."""
    return link(framework_route(slug))


def comparison(slugs: Sequence[str]) -> str:
    """The address of a comparison of these frameworks."""
    return f"{link(COMPARE)}?f={','.join(quote(slug, safe='') for slug in slugs)}"


def benchmarks(wishes: Sequence[tuple[str, str]] = (), place: str = "") -> str:
    """The address of the Benchmarks page with something chosen, at a place of the page."""
    query = urlencode(list(wishes), safe=",")
    return link(BENCHMARKS) + (f"?{query}" if query else "") + (f"#{place}" if place else "")


def benchmark_file(panel: str, kind: str, wishes: Sequence[tuple[str, str]] = ()) -> str:
    """The address of a chart as a file: ``csv``, ``svg`` or ``png``."""
    query = urlencode(list(wishes), safe=",")
    return f"{BENCHMARKS}/{panel}.{kind}" + (f"?{query}" if query else "")


def result_file(name: str, query: str = "") -> str:
    """The address of a result as a file (``record.md``, ``ranking.svg``, ...)."""
    return f"{RESULT}/{name}" + (f"?{query}" if query else "")


def decision_file(decision_id: str, name: str) -> str:
    """The address of a saved decision as a file."""
    return f"{API}/v1/decisions/{decision_id}/{name}"


def claim(claim_id: str) -> str:
    """The address of a claim's own page. Numbers of claims are plain: a C and three digits."""
    return f"{link(EVIDENCE)}{claim_id}/"


def ledger(filters: Mapping[str, str]) -> str:
    """The address of the claims that a filter keeps."""
    return with_answers(EVIDENCE, filters)


def decision(decision_id: str) -> str:
    """The address of a saved decision. Ids are plain: small letters and digits."""
    return f"/d/{decision_id}/"


def decision_feed(decision_id: str) -> str:
    """The address of the feed that tells when a decision no longer holds."""
    return f"/d/{decision_id}.atom"


def decision_calendar(decision_id: str) -> str:
    """The address of a decision's dates, to subscribe to."""
    return f"/d/{decision_id}.ics"


def decision_card(decision_id: str) -> str:
    """The address of the picture that link previews show for a decision."""
    return decision_file(decision_id, "card.png")


def method_section(anchor: str) -> str:
    """The address of a section of the method page."""
    return f"{link(METHOD)}#{quote(anchor, safe='')}"


NEUTRALITY = method_section("neutrality")
"""Where it is explained how an app built with Reflex ranks Reflex fairly."""


def with_answers(route: str, answers: Mapping[str, str]) -> str:
    """The address of a page with answers in its query, one readable parameter per answer."""
    query = answer_query(answers)
    return f"{link(route)}?{query}" if query else link(route)


def answer_query(answers: Mapping[str, str]) -> str:
    """The query (without the question mark) that restores these answers, in their order."""
    return urlencode(list(answers.items()), quote_via=quote)
