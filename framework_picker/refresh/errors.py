"""What keeps a value from being refreshed, each with a reason in words."""

from __future__ import annotations


class RefreshError(Exception):
    """The refresh cannot run, or must not write. The message says what to do."""


class BadAnswerError(Exception):
    """An answer that failed or cannot be true; the value it was for stays as it is."""


class OutOfReachError(BadAnswerError):
    """Nobody answers at this address; asking again is of no use."""


class NotServedError(BadAnswerError):
    """The address does not serve this, or serves a page for people in its place."""


class RateLimitError(BadAnswerError):
    """The api has been asked too often; the rest must wait."""
