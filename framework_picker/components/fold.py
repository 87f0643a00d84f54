"""A ``details`` that tells the server when it is opened, so that its content can come then."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.other import Details


def _is_open(event: rx.Var[Any]) -> tuple[rx.Var[bool]]:
    return (rx.Var(f"{event}.currentTarget.open", _var_type=bool),)


class Fold(Details):
    """A ``details``; ``on_toggle`` says whether it is open now.

    However it was opened: by a click, by a key, by the browser's search in the page.
    """

    on_toggle: rx.EventHandler[_is_open]  # type: ignore[type-arg, valid-type]
