"""One question, one answer or a reason: every fault a service can have."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from framework_picker.refresh.errors import (
    BadAnswerError,
    NotServedError,
    OutOfReachError,
    RateLimitError,
)
from framework_picker.refresh.web import Web, refuse_less_safe
from tests.refresh.world import (
    IMPATIENT,
    Reply,
    World,
    as_json,
    breaks_off,
    drips,
    page,
    says_nothing,
)

pytestmark = pytest.mark.slow


class Pauses(list[float]):
    """Collects the pauses instead of making them."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    """Every pause that was asked for."""
    return Pauses()


@pytest.fixture
def web(pauses: Pauses) -> Iterator[Web]:
    """Somebody who asks, with little patience."""
    with Web(patience=IMPATIENT, most_bytes=1000, sleep=pauses) as asking:
        yield asking


def test_a_good_answer_comes_back_with_its_headers(web: Web, world: World) -> None:
    world.put("/x", as_json({"a": [1, 2.5, None]}, etag="none"))

    answer = web.json(f"{world.address}/x")

    assert answer.content == {"a": [1, 2.5, None]}
    assert answer.headers["content-type"] == "application/json"
    assert world.asked[0].headers["accept"] == "application/json"
    assert world.asked[0].headers["user-agent"] == "framework-picker-data-refresh"


def test_a_question_is_posted_as_json(web: Web, world: World) -> None:
    world.put("/x", as_json([]))

    web.json(f"{world.address}/x", question={"name": "é"})

    assert world.asked[0].method == "POST"
    assert b"name" in world.asked[0].body


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"nul", b'{"a": NaN}', b"[" * 100_000])
def test_what_is_no_json_is_refused(body: bytes, web: Web, world: World) -> None:
    world.put("/x", Reply(body[:900]))

    with pytest.raises(BadAnswerError, match="no valid JSON"):
        web.json(f"{world.address}/x")


def test_a_number_too_long_to_read_is_refused(world: World) -> None:
    world.put("/x", Reply(b'{"a": ' + b"9" * 5000 + b"}"))

    with Web(patience=IMPATIENT) as web, pytest.raises(BadAnswerError, match="no valid JSON"):
        web.json(f"{world.address}/x")


def test_a_page_in_place_of_json_is_named(web: Web, world: World) -> None:
    world.put("/x", page())

    with pytest.raises(NotServedError, match="HTML instead of JSON"):
        web.json(f"{world.address}/x")


@pytest.mark.parametrize("status", [404, 405, 406, 410, 501])
def test_what_is_not_served_is_asked_for_once(status: int, web: Web, world: World) -> None:
    world.put("/x", page(status))

    with pytest.raises(NotServedError, match=f"status {status}"):
        web.json(f"{world.address}/x")
    assert len(world.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 418])
def test_other_refusals_are_final(status: int, web: Web, world: World) -> None:
    world.put("/x", Reply(b"{}", status))

    with pytest.raises(BadAnswerError, match=f"status {status}"):
        web.json(f"{world.address}/x")
    assert len(world.asked) == 1


def test_a_fault_that_passes_is_waited_out(web: Web, world: World, pauses: Pauses) -> None:
    world.put("/x", Reply(b"", 502), Reply(b"", 503, {"retry-after": "7"}), as_json({}))

    assert web.json(f"{world.address}/x").content == {}
    assert pauses == [0.01, 7]


def test_a_fault_that_stays_is_named(web: Web, world: World) -> None:
    world.put("/x", Reply(b"", 500))

    with pytest.raises(BadAnswerError, match="down"):
        web.json(f"{world.address}/x")
    assert len(world.asked) == 3


def test_a_service_that_is_down_for_hours_is_not_waited_for(
    web: Web, world: World, pauses: Pauses
) -> None:
    world.put("/x", Reply(b"", 503, {"retry-after": "7200"}))

    with pytest.raises(BadAnswerError, match="down"):
        web.json(f"{world.address}/x")
    assert pauses == []


def test_a_connection_that_breaks_off_is_tried_again(web: Web, world: World) -> None:
    world.put("/x", Reply(spoil=breaks_off), as_json({"whole": True}))

    assert web.json(f"{world.address}/x").content == {"whole": True}


def test_half_an_answer_is_none(web: Web, world: World) -> None:
    world.put("/x", Reply(spoil=breaks_off))

    with pytest.raises(BadAnswerError, match="broke off"):
        web.json(f"{world.address}/x")


def test_silence_ends_after_a_while(web: Web, world: World) -> None:
    world.put("/x", Reply(spoil=says_nothing))

    with pytest.raises(BadAnswerError, match="did not come in time"):
        web.json(f"{world.address}/x")


def test_a_byte_now_and_then_does_not_keep_us_for_ever(web: Web, world: World) -> None:
    world.put("/x", Reply(spoil=drips))
    start = time.monotonic()

    with pytest.raises(BadAnswerError, match="did not come in time"):
        web.json(f"{world.address}/x")
    assert time.monotonic() - start < 3


def test_an_answer_without_end_is_refused(web: Web, world: World) -> None:
    world.put("/x", Reply(b"[" + b" " * 2000 + b"]"))

    with pytest.raises(BadAnswerError, match="longer than 1,000 bytes"):
        web.json(f"{world.address}/x")


def test_where_nobody_listens_nobody_is_asked_twice(web: Web, pauses: Pauses) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(OutOfReachError, match="nobody answers there"):
            web.json(f"{address}/a")
        waited = len(pauses)
        with pytest.raises(OutOfReachError, match="nobody answers there"):
            web.json(f"{address}/b")

    assert len(pauses) == waited


def test_a_redirect_on_the_same_host_is_followed(web: Web, world: World) -> None:
    world.put("/X", Reply(b"", 301, {"location": "/x"}))
    world.put("/x", as_json({"found": True}))

    assert web.json(f"{world.address}/X").content == {"found": True}


def test_redirects_in_a_circle_end(web: Web, world: World) -> None:
    world.put("/x", Reply(b"", 302, {"location": "/x"}))

    with pytest.raises(BadAnswerError, match="from one address to the next"):
        web.json(f"{world.address}/x")


@pytest.mark.parametrize("location", ["file:///etc/hostname", "ftp://127.0.0.1/x", "http://"])
def test_a_redirect_off_the_web_is_refused(location: str, web: Web, world: World) -> None:
    world.put("/x", Reply(b"", 302, {"location": location}))

    with pytest.raises(BadAnswerError):
        web.json(f"{world.address}/x")


def test_a_redirect_to_where_everybody_can_listen_is_refused() -> None:
    safe = httpx.Response(302, request=httpx.Request("GET", "https://index.example.org/x"))
    unsafe = httpx.Request("GET", "http://index.example.org/x")

    with pytest.raises(BadAnswerError, match="from https to http"):
        refuse_less_safe(httpx.Response(200, request=unsafe, history=[safe]))
    refuse_less_safe(httpx.Response(200, request=unsafe))
    refuse_less_safe(httpx.Response(200, request=safe.request, history=[safe]))


def test_a_password_stays_with_its_host(web: Web, world: World) -> None:
    elsewhere = world.address.replace("127.0.0.1", "localhost")
    world.put("/x", Reply(b"", 302, {"location": f"{elsewhere}/y"}))
    world.put("/y", as_json({}))

    web.json(f"{world.address}/x", login=("me", "secret"))

    assert world.asked[0].headers["authorization"].startswith("Basic ")
    assert "authorization" not in world.asked[1].headers


def test_a_token_stays_with_its_host(web: Web, world: World) -> None:
    elsewhere = world.address.replace("127.0.0.1", "localhost")
    world.put("/x", Reply(b"", 302, {"location": f"{elsewhere}/y"}))
    world.put("/y", as_json({}))

    web.json(f"{world.address}/x", headers={"authorization": "Bearer secret"})

    assert "authorization" not in world.asked[1].headers


@pytest.mark.parametrize("address", ["file:///etc/hostname", "nonsense", "http://"])
def test_what_is_no_web_address_is_never_opened(address: str, web: Web) -> None:
    with pytest.raises(BadAnswerError):
        web.json(address)


def test_a_short_pause_that_is_asked_for_is_made(web: Web, world: World, pauses: Pauses) -> None:
    world.put("/x", Reply(b"", 429, {"retry-after": "2"}), as_json({}))

    assert web.json(f"{world.address}/x").content == {}
    assert pauses == [2]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (429, {}),
        (429, {"retry-after": "3600"}),
        (429, {"retry-after": "Fri, 20 Nov 2026 07:28:00 GMT"}),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795161600"}),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "99999999999"}),
    ],
)
def test_a_limit_is_respected(
    status: int, headers: dict[str, str], web: Web, world: World, pauses: Pauses
) -> None:
    world.put("/x", Reply(b"{}", status, headers), as_json({}))

    with pytest.raises(RateLimitError, match="asked too often"):
        web.json(f"{world.address}/x")
    with pytest.raises(RateLimitError, match="asked too often"):
        web.json(f"{world.address}/y")
    assert len(world.asked) == 1
    assert pauses == []


def test_when_the_limit_ends_is_said(web: Web, world: World) -> None:
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795161600"}
    world.put("/x", Reply(b"{}", 403, headers))

    with pytest.raises(RateLimitError, match="after 2026-11-20 08:00 UTC"):
        web.json(f"{world.address}/x")


def test_after_the_last_question_of_an_hour_no_other_is_asked(web: Web, world: World) -> None:
    world.put("/x", as_json({}, **{"x-ratelimit-remaining": "0"}))

    assert web.json(f"{world.address}/x").content == {}
    with pytest.raises(RateLimitError):
        web.json(f"{world.address}/y")
    assert world.paths() == ["/x"]


def test_a_reason_never_names_the_address(web: Web, world: World) -> None:
    world.put("/x", Reply(b"", 500), page())

    for path in ("/x", "/x", "/missing"):
        with pytest.raises(BadAnswerError) as caught:
            web.json(f"{world.address}{path}")
        assert "127.0.0.1" not in str(caught.value)
