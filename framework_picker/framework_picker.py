"""The app: every page, and what is mounted beside them."""

from __future__ import annotations

import os
from functools import partial

import reflex as rx
from reflex.config import get_config
from reflex.utils.prerequisites import get_web_dir
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from framework_picker import routes
from framework_picker.api.application import api_mount
from framework_picker.api.benchmark_files import benchmark_routes
from framework_picker.api.claims import claim_document
from framework_picker.api.decision_page import decision_document
from framework_picker.api.decision_watch import decision_calendar, decision_feed
from framework_picker.api.feed import TITLE as FEED_TITLE
from framework_picker.api.feed import data_feed
from framework_picker.api.front_card import front_card_picture
from framework_picker.api.health import health, readiness
from framework_picker.api.origins import ApiOrigins
from framework_picker.api.pairs import PairPages
from framework_picker.api.result_files import result_file_routes
from framework_picker.api.security import SecurityHeaders
from framework_picker.api.sitemap import sitemap
from framework_picker.catalog.current import get_catalog
from framework_picker.components.error_page import error_page
from framework_picker.pages import (
    benchmarks,
    claim,
    compare,
    decision,
    decisions,
    evidence,
    framework,
    frameworks,
    method,
    not_found,
    picker,
    result,
)
from framework_picker.persistence.current import open_database
from framework_picker.settings import get_settings
from framework_picker.state.answers import AnswersState
from framework_picker.state.benchmarks import BenchmarksState
from framework_picker.state.claim_check import ClaimCheckState
from framework_picker.state.compare import CompareState
from framework_picker.state.decision import DecisionState
from framework_picker.state.evidence import EvidenceState
from framework_picker.state.frameworks import FrameworksState
from framework_picker.state.keeping import prepare_release
from framework_picker.state.my_decisions import MyDecisionsState
from framework_picker.state.outlook import settle_memory, warm_up

# The page is built before anybody asks for it: only a setting can tell its whole address.
FRONT_CARD_ADDRESS = os.environ.get("REFLEX_DEPLOY_URL", "").rstrip("/") + routes.FRONT_CARD

built_pages = get_web_dir() / "build" / "client"

api = Starlette(
    routes=[
        Route(routes.HEALTH, health),
        Route(routes.READY, readiness),
        Route(routes.DATA_FEED, data_feed),
        Route(routes.FRONT_CARD, front_card_picture),
        Route(routes.SITEMAP, sitemap(built_pages)),
        *benchmark_routes(),
        Route(routes.claim("{claim_id}"), claim_document(built_pages)),
        Route(routes.decision_feed("{decision_id}"), decision_feed),
        Route(routes.decision_calendar("{decision_id}"), decision_calendar),
        Route(routes.decision("{decision_id}"), decision_document(built_pages)),
        *result_file_routes(),
        api_mount(get_settings()),
    ]
)


class FrameworkPicker(rx.App):
    """The app, with the API open to the pages of those whom the settings name."""

    def __call__(self) -> ASGIApp:
        """What the server serves; outside of it Reflex says no to every other origin."""
        return ApiOrigins(
            super().__call__(), prefix=f"{routes.API}/", origins=get_settings().api_origins
        )


app = FrameworkPicker(
    api_transformer=[
        api,
        partial(PairPages, pages=built_pages),
        partial(
            SecurityHeaders,
            pages=built_pages,
            allowed_origins=get_config().cors_allowed_origins,
        ),
    ],
    html_lang="en",
    reset_style=False,  # Tailwind brings its own
    stylesheets=["/styles.css"],
    toaster=None,  # messages are part of the page
    app_wraps={(55, "ErrorBoundary"): error_page},
    head_components=[
        rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg"),
        rx.el.link(
            rel="alternate", type="application/atom+xml", href=routes.DATA_FEED, title=FEED_TITLE
        ),
        rx.el.link(
            rel="preload",
            href="/fonts/inter.woff2",
            type="font/woff2",
            cross_origin="anonymous",
            custom_attrs={"as": "font"},
        ),
        rx.el.script(
            # Before the app connects: whether this address is one that this tab wrote itself.
            "try{sessionStorage.own_address=history.state?.own?'own'+location.search:'foreign'}"
            "catch{}"
        ),
        rx.el.script(src="/page.js", defer=True),
    ],
)

app.register_lifespan_task(warm_up)
app.register_lifespan_task(settle_memory)
app.register_lifespan_task(open_database)
app.register_lifespan_task(prepare_release)

app.add_page(
    picker.picker_page,
    route=routes.PICK,
    title=picker.TITLE,
    description=picker.DESCRIPTION,
    image=FRONT_CARD_ADDRESS,
    meta=[
        {"property": "og:title", "content": picker.TITLE},
        {"property": "og:description", "content": picker.DESCRIPTION},
        {"property": "og:type", "content": "website"},
        {"name": "twitter:card", "content": "summary_large_image"},
    ],
    on_load=AnswersState.open_page,
)

app.add_page(
    result.result_page,
    route=routes.RESULT,
    title=result.TITLE,
    description=result.DESCRIPTION,
    on_load=AnswersState.open_page,
)

app.add_page(
    compare.compare_page,
    route=routes.COMPARE,
    title=compare.TITLE,
    description=compare.DESCRIPTION,
    on_load=CompareState.open_page,
)

app.add_page(
    benchmarks.benchmarks_page,
    route=routes.BENCHMARKS,
    title=benchmarks.TITLE,
    description=benchmarks.DESCRIPTION,
    on_load=BenchmarksState.open_page,
)

app.add_page(
    evidence.evidence_page,
    route=routes.EVIDENCE,
    title=evidence.TITLE,
    description=evidence.DESCRIPTION,
    on_load=[EvidenceState.open_page, ClaimCheckState.open_page],
)

app.add_page(
    claim.claim_page,
    route=routes.CLAIM,
    title=EvidenceState.title,
    description=claim.DESCRIPTION,
    on_load=EvidenceState.open_claim,
)

app.add_page(
    decision.decision_page,
    route=routes.DECISION,
    title=DecisionState.title,
    description=decision.DESCRIPTION,
    on_load=DecisionState.open_decision,
)

app.add_page(
    decisions.decisions_page,
    route=routes.DECISIONS,
    title=decisions.TITLE,
    description=decisions.DESCRIPTION,
    on_load=MyDecisionsState.open_page,
)

app.add_page(
    method.method_page,
    route=routes.METHOD,
    title=method.TITLE,
    description=method.DESCRIPTION,
)

app.add_page(
    frameworks.frameworks_page,
    route=routes.FRAMEWORKS,
    title=frameworks.TITLE,
    description=frameworks.DESCRIPTION,
    on_load=FrameworksState.open_page,
)

app.add_page(
    not_found.not_found_page,
    route=routes.NOT_FOUND,
    title=not_found.TITLE,
    description=not_found.DESCRIPTION,
)

for slug in get_catalog().alternatives:
    app.add_page(
        partial(framework.framework_page, slug),
        route=routes.framework_route(slug),
        title=framework.title(slug),
        description=framework.description(slug),
    )
