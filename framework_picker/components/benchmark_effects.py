"""What only the browser can do for the Benchmarks page: the address, and fields that stay put."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.benchmark_stories import PAGES_FIELD, PEAK_FIELD, PRICE_FIELD
from framework_picker.components.browser import Effect, QueryAddress, hook
from framework_picker.state.benchmarks import BenchmarksState


class PlannerFields(Effect):
    """Keeps the planner's fields in step with the state.

    They are left to the browser, so that typing never waits; when the state changes in another
    way (a link, "start over"), this puts them where they belong, never under somebody's fingers.
    """

    values: rx.Var[list[str]]
    revision: rx.Var[int]

    def add_hooks(self) -> list[str | rx.Var]:
        """Set the fields to what the state says."""
        return [
            hook(
                f"""
const plannerValues = {self.values!s};
const plannerRevision = {self.revision!s};
useLayoutEffect(() => {{
  ["{PEAK_FIELD}", "{PAGES_FIELD}", "{PRICE_FIELD}"].forEach((id, place) => {{
    const field = document.getElementById(id);
    if (field && document.activeElement !== field) field.value = plannerValues[place] ?? "";
  }});
}}, [plannerValues, plannerRevision]);
""",
                self.values,
                self.revision,
            )
        ]


def benchmark_effects() -> rx.Component:
    """Nothing to see; the effects of the Benchmarks page."""
    return rx.fragment(
        QueryAddress.create(query=BenchmarksState.query, revision=BenchmarksState.revision),
        PlannerFields.create(values=BenchmarksState.plan_fields, revision=BenchmarksState.revision),
    )
