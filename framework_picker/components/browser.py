"""Components without looks: what only the browser can do, as effects compiled into the page.

No ``eval`` is involved, so the content security policy can stay strict. Values of the state come
in as props and are read by the effect; nothing is rendered.
"""

from __future__ import annotations

import reflex as rx
from reflex.utils.imports import ImportDict, ImportVar
from reflex.vars import VarData

REACT = {"react": [ImportVar("useEffect"), ImportVar("useLayoutEffect"), ImportVar("useRef")]}
ROUTER = {"react-router": [ImportVar("useLocation")]}

CONTENT = "content"
"""The id of a page's main region, which takes the focus when what had it goes away."""
SETTLED_MS = 1_000
"""How long nothing may change before a screen reader is told about the ranking."""


class Effect(rx.Fragment):
    """A component that renders nothing and runs one effect.

    ``script`` is compiled into the page; the names of ``inputs`` stand for values of the state.
    """

    def _exclude_props(self) -> list[str]:
        return list(self.get_props())

    def add_imports(self) -> ImportDict:
        """What the effects need."""
        return {**REACT, **ROUTER}


def hook(script: str, *inputs: rx.Var) -> rx.Var:
    """The script as a hook of a component; ``inputs`` are the values of the state it reads."""
    return rx.Var(script, _var_data=VarData.merge(*(var._get_all_var_data() for var in inputs)))


class RouteAnnouncer(Effect):
    """Moves the focus to the new page's content after a link inside the app was followed.

    A browser does that for a page it loads; for a page swapped by script somebody has to, or
    keyboard and screen-reader users stay at the top of a page that has changed below them.
    """

    def add_hooks(self) -> list[str | rx.Var]:
        """Focus the main region when the path has changed, not on the first visit.

        Each page brings its own frame, so the path before is kept on the window.
        """
        return [
            f"""
const {{ pathname: shownPath, hash: shownHash }} = useLocation();
useEffect(() => {{
  const before = window.shownPath;
  window.shownPath = shownPath;
  if (before === undefined || before === shownPath || shownHash) return;
  document.getElementById("{CONTENT}")?.focus({{ preventScroll: true }});
}}, [shownPath, shownHash]);
"""
        ]


class AddressBar(Effect):
    """Writes the answers into the address, without a reload and without a new history entry.

    An address written here is marked as this tab's own (``own`` in the entry's history state, and
    a copy in the session storage for the server): going back to it later is no link to follow. An
    address that is not marked is a link that the server has yet to read; it stays until the
    answers have changed.
    """

    query: rx.Var[str]
    is_open: rx.Var[bool]

    def add_hooks(self) -> list[str | rx.Var]:
        """Replace the query whenever the answers or the page change."""
        return [
            hook(
                f"""
const {{ key: addressKey, pathname: addressPath }} = useLocation();
const addressQuery = {self.query!s};
const addressIsOpen = {self.is_open!s};
const writtenFor = useRef(null);
useEffect(() => {{
  if (!addressIsOpen) return;
  const search = addressQuery ? "?" + addressQuery : "";
  const {{ location, history }} = window;
  const isUnreadLink =
    writtenFor.current === addressQuery &&
    location.search && location.search !== search && !history.state?.own;
  writtenFor.current = addressQuery;
  if (isUnreadLink) return;
  try {{
    if (location.search !== search || !history.state?.own) {{
      const state = {{ ...history.state, own: true }};
      history.replaceState(state, "", location.pathname + search + location.hash);
    }}
    sessionStorage.setItem("own_address", "own" + search);
  }} catch {{
    // Browsers limit how often the address may change; the next answer writes it again.
  }}
}}, [addressQuery, addressIsOpen, addressKey, addressPath]);
""",
                self.query,
                self.is_open,
            )
        ]


class QueryAddress(Effect):
    """Writes what was chosen on a page into its address, without a reload or a history entry.

    Only when something was chosen since the page opened (``revision``): until the server has read
    a link, the address is the link.
    """

    query: rx.Var[str]
    revision: rx.Var[int]

    def add_hooks(self) -> list[str | rx.Var]:
        """Replace the query whenever the choice changes."""
        return [
            hook(
                f"""
const chosenQuery = {self.query!s};
const chosenRevision = {self.revision!s};
const writtenRevision = useRef(null);
useEffect(() => {{
  if (writtenRevision.current === null) {{
    writtenRevision.current = chosenRevision;
    return;
  }}
  if (writtenRevision.current === chosenRevision) return;
  writtenRevision.current = chosenRevision;
  const {{ location, history }} = window;
  const search = chosenQuery ? "?" + chosenQuery : "";
  if (location.search === search) return;
  try {{
    history.replaceState(history.state, "", location.pathname + search + location.hash);
  }} catch {{
    // Browsers limit how often the address may change; the next choice writes it again.
  }}
}}, [chosenQuery, chosenRevision]);
""",
                self.query,
                self.revision,
            )
        ]


class PickedRadio(Effect):
    """Keeps the radio buttons in step with the state.

    They are left to the browser, so that a click shows at once; when the answer changes in
    another way (undo, a preset, another question), this puts the mark where it belongs.

    A connection that breaks may take a click with it that it had already accepted. So the last
    click is remembered until the server has answered it; when another connection is there and it
    has not, the click is made again.
    """

    question: rx.Var[str]
    picked: rx.Var[str]
    connection: rx.Var[str]

    def add_hooks(self) -> list[str | rx.Var]:
        """Check the picked option, and repeat a click that got lost."""
        return [
            hook(
                f"""
const radioQuestion = {self.question!s};
const radioPicked = {self.picked!s};
const radioConnection = {self.connection!s};
const radioClicked = useRef(null);
const radioConnected = useRef("");
useEffect(() => {{
  const remember = ({{ target }}) => {{
    if (target.name !== "answer") return;
    radioClicked.current = {{ id: target.id, connection: radioConnected.current }};
  }};
  document.addEventListener("change", remember);
  return () => document.removeEventListener("change", remember);
}}, []);
useLayoutEffect(() => {{
  document.querySelectorAll("input[name='answer']").forEach((radio) => {{
    radio.checked = radio.value === radioPicked;
  }});
  radioConnected.current = radioConnection;
  const clicked = radioClicked.current;
  // Without a connection this is a state that has yet to hear of the answers.
  if (!clicked || !radioConnection) return;
  const radio = document.getElementById(clicked.id);
  const isLost = !radio?.checked && clicked.connection !== radioConnection;
  if (!radio || radio.checked || isLost) radioClicked.current = null;
  if (radio && isLost) radio.click();
}}, [radioQuestion, radioPicked, radioConnection]);
""",
                self.question,
                self.picked,
                self.connection,
            )
        ]


class ViewFocus(Effect):
    """Moves the focus to the heading when another question comes up, not on the first visit."""

    view: rx.Var[str]
    is_open: rx.Var[bool]

    def add_hooks(self) -> list[str | rx.Var]:
        """Focus the heading of the new view."""
        return [
            hook(
                f"""
const focusView = {self.view!s};
const focusIsOpen = {self.is_open!s};
const lastView = useRef(null);
useEffect(() => {{
  const before = lastView.current;
  lastView.current = focusIsOpen ? focusView : null;
  if (before === null || before === focusView) return;
  document.getElementById("view-title")?.focus();
}}, [focusView, focusIsOpen]);
""",
                self.view,
                self.is_open,
            )
        ]


class QuietStatus(Effect):
    """Tells a screen reader the news once they settle, not at every step on the way.

    Puts the text into the status region with this id when it has stayed the same for a while.
    React leaves the inside of that region alone.
    """

    region: rx.Var[str]
    text: rx.Var[str]

    def add_hooks(self) -> list[str | rx.Var]:
        """Wait, then speak."""
        return [
            hook(
                f"""
const quietRegion = {self.region!s};
const quietText = {self.text!s};
useEffect(() => {{
  const later = setTimeout(() => {{
    const region = document.getElementById(quietRegion);
    if (region && region.textContent !== quietText) region.textContent = quietText;
  }}, {SETTLED_MS});
  return () => clearTimeout(later);
}}, [quietRegion, quietText]);
""",
                self.region,
                self.text,
            )
        ]


class RowGlide(Effect):
    """Lets the rows of a list glide to their new places, so that the eye can follow them.

    Not on the first visit, and not for people who asked for less motion. Places are read after a
    frame was painted, when the browser knows them anyway, and again only when the order changed:
    reading them on each click would cost more than everything else the click does.
    """

    rows: rx.Var[list]
    is_open: rx.Var[bool]

    def add_hooks(self) -> list[str | rx.Var]:
        """Compare the places before and after, and animate the difference."""
        return [
            hook(
                f"""
const glideRows = {self.rows!s};
const glideIsOpen = {self.is_open!s};
const lastGlide = useRef(null);
const glideElements = () => [...document.querySelectorAll("[data-glides] > [data-slug]")];
const glideOrder = (glideRows ?? []).map((row) => row.slug).join();
useLayoutEffect(() => {{
  const before = lastGlide.current;
  if (!before || before.order === glideOrder) return;
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const moved = [];
  for (const row of glideElements()) {{
    const from = before.tops.get(row.dataset.slug);
    const way = from === undefined ? 0 : from - row.offsetTop;
    if (way) moved.push([row, way]);
  }}
  for (const [row, way] of moved) {{
    row.animate([{{ transform: `translateY(${{way}}px)` }}, {{ transform: "none" }}], {{
      duration: 260,
      easing: "cubic-bezier(.2,.7,.2,1)",
    }});
  }}
}}, [glideOrder]);
useEffect(() => {{
  const later = requestAnimationFrame(() => {{
    const tops = new Map(glideElements().map((row) => [row.dataset.slug, row.offsetTop]));
    lastGlide.current = glideIsOpen ? {{ order: glideOrder, tops }} : null;
  }});
  return () => cancelAnimationFrame(later);
}}, [glideRows, glideIsOpen]);
""",
                self.rows,
                self.is_open,
            )
        ]
