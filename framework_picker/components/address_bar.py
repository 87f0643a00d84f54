"""The address follows the answers, on the pages whose address restores them."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.browser import AddressBar
from framework_picker.state.answers import AnswersState


def address_bar() -> rx.Component:
    """Nothing to see; the effect that writes the answers into the address."""
    return AddressBar.create(query=AnswersState.query, is_open=AnswersState.is_open)
