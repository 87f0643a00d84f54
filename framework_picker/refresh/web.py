"""Answers of web services as plain content, or a reason in words why there is none.

Nothing an answer says is trusted here beyond being JSON. Reasons name no address: the address of
a package index may be private, and reasons end up in files.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import NoReturn, Self

import httpx

from framework_picker.refresh.errors import (
    BadAnswerError,
    NotServedError,
    OutOfReachError,
    RateLimitError,
)

MOST_BYTES = 64_000_000
"""The record of a package with many files and releases takes 10 MB today."""
ATTEMPTS = 3
LONGEST_WAIT_SECONDS = 30.0
MOST_REDIRECTS = 5

OK, FORBIDDEN, TOO_MANY = 200, 403, 429
NOT_SERVED = frozenset({404, 405, 406, 410, 501})
NAME = "framework-picker-data-refresh"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said. ``headers`` are in small letters."""

    content: object
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what."""

    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 180
    pause_seconds: float = 0.5


class Web:
    """Asks web services. Several threads may ask at once."""

    def __init__(
        self,
        *,
        certificates: str = "",
        proxy: str = "",
        patience: Patience | None = None,
        most_bytes: int = MOST_BYTES,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open no connection yet.

        Args:
            certificates: File of certificate authorities; empty for those of the machine.
            proxy: Address of a proxy; empty for the one of the environment, if any.
            patience: How long to wait.
            most_bytes: Longer answers are refused.
            sleep: Waits; tests do not.

        Raises:
            OSError: the certificates cannot be read.
        """
        self._patience = patience or Patience()
        self._most_bytes = most_bytes
        self._sleep = sleep
        self._silent: dict[str, str] = {}
        self._used_up: dict[str, str] = {}
        self._client = httpx.Client(
            verify=ssl.create_default_context(cafile=certificates) if certificates else True,
            proxy=proxy or None,
            timeout=httpx.Timeout(
                self._patience.read_seconds, connect=self._patience.connect_seconds
            ),
            follow_redirects=True,
            max_redirects=MOST_REDIRECTS,
            headers={"accept": "application/json", "user-agent": NAME},
        )

    def __enter__(self) -> Self:
        """This."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        self._client.close()

    def json(
        self,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        question: object = None,
        login: tuple[str, str] | None = None,
    ) -> Answer:
        """What the address answers. With ``question`` it is posted as JSON.

        Raises:
            OutOfReachError: nobody answers there.
            RateLimitError: it has been asked too often, and says so.
            NotServedError: there is no such thing at this address.
            BadAnswerError: anything else that is no JSON.
        """
        try:
            request = self._client.build_request(
                "GET" if question is None else "POST", address, headers=headers, json=question
            )
        except (httpx.InvalidURL, ValueError):
            raise BadAnswerError("that is no web address") from None
        host = request.url.netloc.decode("ascii", "replace")
        for attempt in range(1, ATTEMPTS + 1):
            if host in self._silent:
                raise OutOfReachError(self._silent[host])
            if host in self._used_up:
                raise RateLimitError(self._used_up[host])
            is_last = attempt == ATTEMPTS
            wait = self._patience.pause_seconds * 2 ** (attempt - 1)
            try:
                answer = self._answer(request, login)
                if answer.headers.get("x-ratelimit-remaining") == "0":
                    self._used_up[host] = _when_again(answer.headers)
                return answer
            except RateLimitError as error:
                self._used_up[host] = str(error)
                raise
            except _TryAgainError as later:
                if is_last:
                    raise BadAnswerError(later.reason) from None
                wait = max(wait, later.wait_seconds)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError):
                if is_last:
                    self._silent[host] = "nobody answers there"
                    raise OutOfReachError(self._silent[host]) from None
            except httpx.TimeoutException:
                if is_last:
                    raise BadAnswerError("the answer did not come in time") from None
            except httpx.TooManyRedirects:
                raise BadAnswerError("it sends from one address to the next") from None
            except httpx.UnsupportedProtocol:
                raise BadAnswerError("that is no web address") from None
            except httpx.TransportError:
                if is_last:
                    raise BadAnswerError("the connection broke off") from None
            self._sleep(wait)
        raise AssertionError("every last attempt returns or raises")

    def _answer(self, request: httpx.Request, login: tuple[str, str] | None) -> Answer:
        start = time.monotonic()
        response = self._client.send(request, stream=True, auth=login)
        try:
            refuse_less_safe(response)
            _check_status(response)
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > self._most_bytes:
                    raise BadAnswerError(f"the answer is longer than {self._most_bytes:,} bytes")
                if time.monotonic() - start > self._patience.total_seconds:
                    raise BadAnswerError("the answer did not come in time")
        except httpx.DecodingError:
            raise BadAnswerError("the answer cannot be unpacked") from None
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(_json(bytes(body)), headers)


class _TryAgainError(Exception):
    """A fault that may pass."""

    def __init__(self, reason: str, wait_seconds: float = 0) -> None:
        self.reason = reason
        self.wait_seconds = wait_seconds
        super().__init__(reason)


def refuse_less_safe(response: httpx.Response) -> None:
    """Nothing, unless a redirect left the encrypted connection.

    Raises:
        BadAnswerError: it did.
    """
    steps = [*response.history, response]
    schemes = [step.url.scheme for step in steps]
    if "https" in schemes and "http" in schemes[schemes.index("https") :]:
        raise BadAnswerError("it sends from https to http")


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == OK:
        return
    if status in NOT_SERVED:
        raise NotServedError(f"there is no such record (status {status})")
    if status == TOO_MANY or (status == FORBIDDEN and _is_limit(response.headers)):
        seconds = _seconds(response.headers.get("retry-after", ""))
        if seconds is not None and seconds <= LONGEST_WAIT_SECONDS:
            raise _TryAgainError(f"it has been asked too often (status {status})", seconds)
        raise RateLimitError(_when_again(response.headers))
    if status >= 500:
        seconds = _seconds(response.headers.get("retry-after", "")) or 0
        if seconds > LONGEST_WAIT_SECONDS:
            raise BadAnswerError(f"the service is down (status {status})")
        raise _TryAgainError(f"the service is down (status {status})", seconds)
    raise BadAnswerError(f"it answers with status {status}")


def _when_again(headers: Mapping[str, str]) -> str:
    reset = _seconds(headers.get("x-ratelimit-reset", ""))
    if reset is None:
        return "it has been asked too often"
    try:
        moment = datetime.fromtimestamp(reset, UTC)
    except (OverflowError, ValueError, OSError):
        return "it has been asked too often"
    return f"it has been asked too often and answers again after {moment:%Y-%m-%d %H:%M} UTC"


def _is_limit(headers: Mapping[str, str]) -> bool:
    return "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _json(body: bytes) -> object:
    if body.lstrip()[:1] == b"<":
        raise NotServedError("it answers with HTML instead of JSON")

    def refused(word: str) -> NoReturn:
        raise ValueError(word)

    try:
        content: object = json.loads(body.decode("utf-8-sig"), parse_constant=refused)
    except (ValueError, RecursionError):
        raise BadAnswerError("the answer is no valid JSON") from None
    return content
