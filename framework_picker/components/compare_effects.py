"""What only the browser can do for the Compare page: the address, fields that answer at once."""

from __future__ import annotations

import reflex as rx
from reflex.vars import VarData

from framework_picker.components.browser import Effect
from framework_picker.state.compare import CompareState

ONLY_FIELD = "only-differences"
ORDER_FIELD = "row-order"
WORDS_FIELD = "row-words"


class SelectionAddress(Effect):
    """Writes the selection into the address, without a reload and without a new history entry.

    Only when something was selected since the page opened (``revision``): until the server has
    read a link, the address is the link.
    """

    query: rx.Var[str]
    revision: rx.Var[int]

    def add_hooks(self) -> list[str | rx.Var]:
        """Replace the query whenever the selection changes."""
        return [
            _hook(
                f"""
const selectionQuery = {self.query!s};
const selectionRevision = {self.revision!s};
const writtenRevision = useRef(null);
useEffect(() => {{
  if (writtenRevision.current === null) {{
    writtenRevision.current = selectionRevision;
    return;
  }}
  if (writtenRevision.current === selectionRevision) return;
  writtenRevision.current = selectionRevision;
  const {{ location, history }} = window;
  const search = selectionQuery ? "?" + selectionQuery : "";
  if (location.search === search) return;
  try {{
    history.replaceState(history.state, "", location.pathname + search + location.hash);
  }} catch {{
    // Browsers limit how often the address may change; the next selection writes it again.
  }}
}}, [selectionQuery, selectionRevision]);
""",
                self.query,
                self.revision,
            )
        ]


class FieldsInStep(Effect):
    """Keeps the row controls in step with the state.

    They are left to the browser, so that a click shows at once; when the state changes in another
    way (a link, "start over"), this puts them where they belong. The search field is only ever
    emptied, and never under somebody's fingers.
    """

    only_differences: rx.Var[bool]
    order: rx.Var[str]
    words: rx.Var[str]

    def add_hooks(self) -> list[str | rx.Var]:
        """Set the fields to what the state says."""
        return [
            _hook(
                f"""
const stepOnly = {self.only_differences!s};
const stepOrder = {self.order!s};
const stepWords = {self.words!s};
useLayoutEffect(() => {{
  const field = (id) => document.getElementById(id);
  const [only, order, words] = ["{ONLY_FIELD}", "{ORDER_FIELD}", "{WORDS_FIELD}"].map(field);
  if (only) only.checked = stepOnly;
  if (order) order.value = stepOrder;
  if (words && !stepWords && document.activeElement !== words) words.value = "";
}}, [stepOnly, stepOrder, stepWords]);
""",
                self.only_differences,
                self.order,
                self.words,
            )
        ]


def compare_effects() -> rx.Component:
    """Nothing to see; the effects of the Compare page."""
    return rx.fragment(
        SelectionAddress.create(query=CompareState.query, revision=CompareState.revision),
        FieldsInStep.create(
            only_differences=CompareState.only_differences,
            order=CompareState.order,
            words=CompareState.words,
        ),
    )


def _hook(script: str, *inputs: rx.Var) -> rx.Var:
    """A hook that reads values of the state."""
    return rx.Var(script, _var_data=VarData.merge(*(var._get_all_var_data() for var in inputs)))
