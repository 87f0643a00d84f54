"""What only the browser can do for the Compare page: the address, fields that answer at once."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.browser import Effect, QueryAddress, hook
from framework_picker.state.compare import CompareState

ONLY_FIELD = "only-differences"
ORDER_FIELD = "row-order"
WORDS_FIELD = "row-words"


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
            hook(
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
        QueryAddress.create(query=CompareState.query, revision=CompareState.revision),
        FieldsInStep.create(
            only_differences=CompareState.only_differences,
            order=CompareState.order,
            words=CompareState.words,
        ),
    )
