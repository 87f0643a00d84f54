"""What only the browser can do for the list of frameworks: fields that answer at once."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.browser import Effect, QueryAddress, hook
from framework_picker.domain.health import FACETS
from framework_picker.state.frameworks import FrameworksState

WORDS_FIELD = "framework-words"
ORDER_FIELD = "framework-order"


def facet_field(facet: str) -> str:
    """The id of the field that narrows by a facet."""
    return f"framework-{facet}"


class ListFields(Effect):
    """Keeps the fields in step with the state.

    They are left to the browser, so that typing never waits; when the state changes in another
    way (a link, "show all"), this puts them where they belong, never under somebody's fingers.
    """

    words: rx.Var[str]
    chosen: rx.Var[dict[str, str]]
    order: rx.Var[str]
    revision: rx.Var[int]

    def add_hooks(self) -> list[str | rx.Var]:
        """Set the fields to what the state says."""
        fields = ", ".join(f'["{facet}", "{facet_field(facet)}"]' for facet in FACETS)
        script = f"""
const listWords = {self.words!s};
const listChosen = {self.chosen!s};
const listOrder = {self.order!s};
const listRevision = {self.revision!s};
useLayoutEffect(() => {{
  const field = (id) => document.getElementById(id);
  for (const [facet, id] of [{fields}]) {{
    if (field(id)) field(id).value = listChosen[facet] ?? "";
  }}
  if (field("{ORDER_FIELD}")) field("{ORDER_FIELD}").value = listOrder;
  const words = field("{WORDS_FIELD}");
  if (words && document.activeElement !== words) words.value = listWords;
}}, [listWords, listChosen, listOrder, listRevision]);
"""
        return [hook(script, self.words, self.chosen, self.order, self.revision)]


def health_effects() -> rx.Component:
    """Nothing to see; the effects of the list of frameworks."""
    return rx.fragment(
        QueryAddress.create(query=FrameworksState.query, revision=FrameworksState.revision),
        ListFields.create(
            words=FrameworksState.words,
            chosen=FrameworksState.chosen,
            order=FrameworksState.column,
            revision=FrameworksState.revision,
        ),
    )
