"""Session and CSRF token for frameworks without: what their guides tell you to write yourself."""

import hmac
import secrets
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "session"
CSRF_FIELD = "csrf_token"
SECRET = "only for measuring; every request of the load signs with it"
LONGEST_NOTE = 80

_signer = URLSafeTimedSerializer(SECRET, salt="session")

Session = dict[str, Any]


def read_session(cookie: str | None) -> Session:
    """The session in a signed cookie; an empty one if there is none or it was changed."""
    if not cookie:
        return {}
    try:
        session: Session = _signer.loads(cookie, max_age=14 * 24 * 3600)
    except BadSignature:
        return {}
    return session


def write_session(session: Session) -> str:
    """The signed cookie of a session."""
    return str(_signer.dumps(session))


def visited(session: Session) -> Session:
    """The same session, one visit later, with a CSRF token."""
    session["visits"] = session.get("visits", 0) + 1
    session.setdefault(CSRF_FIELD, secrets.token_urlsafe(32))
    return session


def accepts(session: Session, token: str | None) -> bool:
    """Whether a form carries this session's token."""
    expected = session.get(CSRF_FIELD, "")
    return bool(expected) and hmac.compare_digest(expected.encode(), (token or "").encode())


def noted(session: Session, note: str | None) -> bool:
    """Whether the note was good and is now in the session."""
    if not note or len(note) > LONGEST_NOTE:
        return False
    session["note"] = note
    return True


def page(session: Session, world: dict[str, int]) -> dict[str, Any]:
    """What the template of the full page shows."""
    return {
        "visits": session["visits"],
        "note": session.get("note", ""),
        "world": world,
        "csrf_name": CSRF_FIELD,
        "csrf_token": session[CSRF_FIELD],
    }
