"""What only the browser can do for the Benchmarks page: the address, and fields that stay put."""

from __future__ import annotations

import reflex as rx
from reflex.vars import VarData

from framework_picker.components.benchmark_stories import PAGES_FIELD, PEAK_FIELD, PRICE_FIELD
from framework_picker.components.browser import Effect
from framework_picker.state.benchmarks import BenchmarksState


class BenchmarkAddress(Effect):
    """Writes the choice into the address, without a reload or a history entry.

    Only when something was chosen since the page opened (``revision``): until the server has read
    a link, the address is the link.
    """

    query: rx.Var[str]
    revision: rx.Var[int]

    def add_hooks(self) -> list[str | rx.Var]:
        """Replace the query whenever the choice changes."""
        return [
            _hook(
                f"""
const benchmarkQuery = {self.query!s};
const benchmarkRevision = {self.revision!s};
const writtenBenchmark = useRef(null);
useEffect(() => {{
  if (writtenBenchmark.current === null) {{
    writtenBenchmark.current = benchmarkRevision;
    return;
  }}
  if (writtenBenchmark.current === benchmarkRevision) return;
  writtenBenchmark.current = benchmarkRevision;
  const {{ location, history }} = window;
  const search = benchmarkQuery ? "?" + benchmarkQuery : "";
  if (location.search === search) return;
  try {{
    history.replaceState(history.state, "", location.pathname + search + location.hash);
  }} catch {{
    // Browsers limit how often the address may change; the next choice writes it again.
  }}
}}, [benchmarkQuery, benchmarkRevision]);
""",
                self.query,
                self.revision,
            )
        ]


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
            _hook(
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
        BenchmarkAddress.create(query=BenchmarksState.query, revision=BenchmarksState.revision),
        PlannerFields.create(values=BenchmarksState.plan_fields, revision=BenchmarksState.revision),
    )


def _hook(script: str, *inputs: rx.Var) -> rx.Var:
    """A hook that reads values of the state."""
    return rx.Var(script, _var_data=VarData.merge(*(var._get_all_var_data() for var in inputs)))
