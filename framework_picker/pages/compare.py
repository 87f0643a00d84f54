"""The Compare page: two to six frameworks side by side."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components.compare_effects import compare_effects
from framework_picker.components.comparison import comparison
from framework_picker.components.comparison_controls import framework_names
from framework_picker.components.frame import page
from framework_picker.components.moving import moving
from framework_picker.components.signs import pair_signs
from framework_picker.state.compare import CompareState, ComparisonView, default_view
from framework_picker.state.moving import MovingState

TITLE = MovingState.title
DESCRIPTION = MovingState.description
"""They name the two frameworks where there are two."""


def compare_page() -> rx.Component:
    """The page at ``/compare``."""
    catalog = get_catalog()
    return page(
        # What the page shows by itself travels with the page, not with every state.
        _comparison(view=rx.cond(CompareState.is_own, CompareState.view, default_view())),
        moving(),
        pair_signs(),
        framework_names(sorted(one.name for one in catalog.alternatives.values())),
        compare_effects(),
        current=routes.COMPARE,
        catalog=catalog,
    )


@rx.memo
def _comparison(view: rx.vars.ObjectVar[ComparisonView]) -> rx.Component:
    return comparison(
        view,
        tuple(group.name for group in get_catalog().groups.values()),
    )
