"""How old the whole catalog is today: pages are built once, and may be looked at years later."""

from __future__ import annotations

from datetime import date

import reflex as rx

from framework_picker.components.browser import Effect
from framework_picker.domain.staleness import DAYS_PER_MONTH

AGE = "data-age"
OLD_AFTER_DAYS = 365


class AgeOfData(Effect):
    """Says how old the data are, by the visitor's clock; nothing while they are fresh.

    React leaves the inside of that element alone.
    """

    as_of: rx.Var[str]

    def add_hooks(self) -> list[str | rx.Var]:
        """Compare the catalog's day with today."""
        return [
            f"""
useEffect(() => {{
  const days = (Date.now() - Date.parse({self.as_of!s})) / 86_400_000;
  const place = document.getElementById("{AGE}");
  if (!place || !(days > {OLD_AFTER_DAYS})) return;
  const months = Math.round(days / {DAYS_PER_MONTH});
  const age = months < 36 ? `${{months}} months` : `${{Math.floor(months / 12)}} years`;
  place.textContent = ` (stale: ${{age}} old, ask for fresh data)`;
}}, []);
"""
        ]


def data_age(as_of: date) -> rx.Component:
    """The place where the age is said, right behind the date."""
    return rx.fragment(
        rx.el.span(id=AGE, class_name="text-warn"),
        AgeOfData.create(as_of=as_of.isoformat()),
    )
