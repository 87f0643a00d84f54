"""States without a browser: the whole tree, and a session that was lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import Any, Protocol

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.model import Catalog
from framework_picker.state.answers import AnswersState


class OpenPage(Protocol):
    """Opens an address in a session; ``says`` is what the browser says about it."""

    def __call__(self, state: AnswersState, address: str, says: str = "foreign") -> None: ...


NewSession = Callable[[], Awaitable[AnswersState]]


@pytest.fixture
def root_state() -> rx.State:
    """The root of a new session's states."""
    return _new_root()


@pytest.fixture
async def answers(root_state: rx.State) -> AnswersState:
    """The answers of a new session."""
    return await root_state.get_state(AnswersState)


@pytest.fixture
def new_session() -> NewSession:
    """A session that knows nothing, as after a restart of the server."""

    async def start() -> AnswersState:
        return await _new_root().get_state(AnswersState)

    return start


@pytest.fixture
def open_page() -> OpenPage:
    """Opens an address (path and query) in a session, as the browser does."""

    def open_address(state: AnswersState, address: str, says: str = "foreign") -> None:
        state.own_address = says
        router_data = {"pathname": address.partition("?")[0], "asPath": address}
        root: Any = state.get_root_state()
        root.router = RouterData.from_router_data(router_data)
        state.open_page()

    return open_address


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The real catalog."""
    return get_catalog()


@pytest.fixture(autouse=True)
def no_wrong_types(capsys: pytest.CaptureFixture[str]) -> Generator[None, None, None]:
    """Reflex only prints when a var gets a value of another type; here that is a failure."""
    yield
    printed = capsys.readouterr()
    assert "Expected field" not in printed.err + printed.out


def _new_root() -> rx.State:
    return rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
