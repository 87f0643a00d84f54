"""What only the browser can do for the panel "Fine-tune": controls that answer at once."""

from __future__ import annotations

import json
from collections.abc import Sequence

import reflex as rx

from framework_picker.components.browser import Effect, hook

PANEL = "fine-tune"
FORM = "own-value"
LIST = "own-values"

FORGOTTEN_AFTER_MS = 3_000
"""A slider waits so long for the server to say what the visitor did; then the server is right."""


class SlidersInStep(Effect):
    """Keeps the sliders in step with the state, and lets them speak at once.

    They are left to the browser, so that they follow the hand. Until the server has heard the last
    position, what it says about earlier ones is no news. ``words`` are the levels, for a screen
    reader that reads a position before the server has answered.
    """

    views: rx.Var[dict]
    words: rx.Var[list]

    def add_hooks(self) -> list[str | rx.Var]:
        """Listen to the sliders; set them to what the state says."""
        return [
            hook(
                f"""
const sliderViews = {self.views!s};
const sliderWords = {self.words!s};
const sliderMoved = useRef(new Map());
useEffect(() => {{
  const heard = ({{ target }}) => {{
    if (!target.dataset?.importance) return;
    const moved = {{ value: target.value, at: performance.now() }};
    sliderMoved.current.set(target.dataset.importance, moved);
    target.setAttribute("aria-valuetext", sliderWords[Number(target.value)]);
  }};
  // The button goes away with what it takes back; the focus stays in its row, or in the list.
  const pressed = ({{ target }}) => {{
    const button = target.closest?.("button[data-takes-back]");
    if (!button) return;
    const slider = button.closest("li")?.querySelector("input[data-importance]");
    (slider ?? document.getElementById(button.dataset.takesBack))?.focus();
  }};
  document.addEventListener("input", heard);
  document.addEventListener("click", pressed);
  return () => {{
    document.removeEventListener("input", heard);
    document.removeEventListener("click", pressed);
  }};
}}, []);
useLayoutEffect(() => {{
  document.querySelectorAll("input[data-importance]").forEach((slider) => {{
    const name = slider.dataset.importance;
    const position = sliderViews?.[name]?.position;
    if (position === undefined) return;
    const moved = sliderMoved.current.get(name);
    const isOldNews = moved && moved.value !== String(position);
    if (isOldNews && performance.now() - moved.at < {FORGOTTEN_AFTER_MS}) return;
    sliderMoved.current.delete(name);
    slider.value = String(position);
  }});
}}, [sliderViews]);
""",
                self.views,
                self.words,
            )
        ]


class FormInStep(Effect):
    """Fills the form for a value of one's own when it is about another value, or has been sent.

    What is typed stays while only other things change. When the visitor asks for the form
    (``asked_for`` rises), the panel opens and the focus goes there.
    """

    slug: rx.Var[str]
    criterion: rx.Var[str]
    value: rx.Var[str]
    reason: rx.Var[str]
    asked_for: rx.Var[int]

    def add_hooks(self) -> list[str | rx.Var]:
        """Set the fields; open the panel and focus the value."""
        return [
            hook(
                f"""
const ownSlug = {self.slug!s};
const ownCriterion = {self.criterion!s};
const ownValue = {self.value!s};
const ownReason = {self.reason!s};
const ownAskedFor = {self.asked_for!s};
const ownAskedBefore = useRef(null);
useLayoutEffect(() => {{
  const fields = document.getElementById({json.dumps(FORM)})?.elements;
  if (!fields || !ownSlug) return;
  fields.framework.value = ownSlug;
  fields.criterion.value = ownCriterion;
  fields.value.value = ownValue;
  fields.reason.value = ownReason;
}}, [ownSlug, ownCriterion, ownValue, ownReason]);
useEffect(() => {{
  const before = ownAskedBefore.current;
  ownAskedBefore.current = ownAskedFor;
  if (before === null || ownAskedFor <= before) return;
  const panel = document.getElementById({json.dumps(PANEL)});
  const field = document.getElementById({json.dumps(FORM)})?.elements.value;
  if (!panel || !field) return;
  panel.open = true;
  field.focus({{ preventScroll: true }});
  field.closest("form").scrollIntoView({{ block: "center" }});
}}, [ownAskedFor]);
""",
                self.slug,
                self.criterion,
                self.value,
                self.reason,
                self.asked_for,
            )
        ]


def sliders_in_step(views: rx.Var, words: Sequence[str]) -> rx.Component:
    """The effect for sliders that carry ``data-importance``."""
    return SlidersInStep.create(views=views, words=rx.Var.create(list(words)))
