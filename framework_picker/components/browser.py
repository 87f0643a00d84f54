"""Components without looks: what only the browser can do, as effects compiled into the page.

No ``eval`` is involved, so the content security policy can stay strict.
"""

from __future__ import annotations

import reflex as rx
from reflex.utils.imports import ImportDict, ImportVar


class RouteAnnouncer(rx.Fragment):
    """Moves the focus to the new page's content after a link inside the app was followed.

    A browser does that for a page it loads; for a page swapped by script somebody has to, or
    keyboard and screen-reader users stay at the top of a page that has changed below them.
    """

    def add_imports(self) -> ImportDict:
        """What the effect needs."""
        return {
            "react": [ImportVar("useEffect"), ImportVar("useRef")],
            "react-router": [ImportVar("useLocation")],
        }

    def add_hooks(self) -> list[str | rx.Var]:
        """Focus the main region when the path changes, not on the first visit."""
        return [
            """
const { pathname, hash } = useLocation();
const lastPath = useRef(pathname);
useEffect(() => {
  if (lastPath.current === pathname) return;
  lastPath.current = pathname;
  if (!hash) document.getElementById("content")?.focus({ preventScroll: true });
}, [pathname, hash]);
"""
        ]
