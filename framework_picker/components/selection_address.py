"""The address of the Compare page follows the selection."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.browser import Effect
from framework_picker.state.compare import CompareState


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
            rx.Var(
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
                _var_data=self.query._get_all_var_data(),
            )
        ]


def selection_address() -> rx.Component:
    """Nothing to see; the effect that writes the selection into the address."""
    return SelectionAddress.create(query=CompareState.query, revision=CompareState.revision)
