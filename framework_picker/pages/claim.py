"""A claim's own page, so that one can link to it."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_ledger
from framework_picker.components import tokens
from framework_picker.components.claim_details import claim_details
from framework_picker.components.claim_verdict import verdict_mark
from framework_picker.components.copy_link import copy_link
from framework_picker.components.frame import page
from framework_picker.state.evidence import EvidenceState

DESCRIPTION = "A claim about Python web frameworks, its verdict, and what the verdict rests on."

DETAILS = "details"
"""Id of everything that is known about the claim."""


def claim_page() -> rx.Component:
    """The page at ``/evidence/C069``: the address says which claim."""
    claim = EvidenceState.claim
    return page(
        rx.cond(
            claim.id != "",
            rx.fragment(
                rx.el.p(
                    f"Claim {claim.id}, {claim.source}",
                    data_origin=f"#{DETAILS}",
                    class_name=tokens.KICKER,
                ),
                rx.el.h1(
                    f"“{claim.text}”",
                    data_origin=f"#{DETAILS}",
                    class_name=f"{tokens.H1} mt-1 max-w-[40ch]",
                ),
                rx.el.p(
                    verdict_mark(verdict=claim.verdict),
                    rx.el.span(claim.words, class_name="inline-block first-letter:uppercase"),
                    class_name=(
                        "mt-3 mb-1 flex items-center gap-2 text-18 font-strong [&_svg]:size-5"
                    ),
                ),
                rx.el.div(claim_details(claim=claim), id=DETAILS),
                rx.el.p(
                    rx.el.a(
                        "All claims", href=routes.link(routes.EVIDENCE), class_name=tokens.LINK
                    ),
                    copy_link("Copy a link to this claim"),
                    class_name="mt-8 flex flex-wrap items-baseline gap-x-5 text-14",
                ),
            ),
            rx.cond(EvidenceState.is_open, _unknown()),
        ),
        current=routes.EVIDENCE,
        catalog=get_catalog(),
    )


def _unknown() -> rx.Component:
    numbers = sorted(get_ledger().claims)
    reach = f"They run from {numbers[0]} to {numbers[-1]}." if numbers else "There are none yet."
    return rx.fragment(
        rx.el.p("404", class_name=tokens.KICKER),
        rx.el.h1(
            f"No claim is called “{EvidenceState.asked}”.",
            class_name=f"{tokens.H1} mt-1 wrap-anywhere",
        ),
        rx.el.p(
            f"Claims have numbers like C069. {reach} ",
            rx.el.a("Search all claims", href=routes.link(routes.EVIDENCE), class_name=tokens.LINK),
            ".",
            class_name=f"{tokens.DEK} mt-2",
        ),
    )
