"""Names and keys of decisions: made by chance, and compared without telling how far they agree."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from framework_picker.domain.decisions import ID_ALPHABET, ID_LENGTH

KEY_BYTES = 24
LONGEST_KEY = 64


def new_id() -> str:
    """A short name that cannot be guessed and stands in an address as it is."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def new_edit_key() -> str:
    """The key that lets its holder change one decision; 192 bits, so no slow hash is needed."""
    return secrets.token_urlsafe(KEY_BYTES)


def hash_of(edit_key: str) -> str:
    """What the database keeps instead of the key."""
    return hashlib.sha256(edit_key.encode()).hexdigest()


def fits(edit_key: object, stored_hash: str) -> bool:
    """Whether this is the key; takes equally long wherever the two differ."""
    if not isinstance(edit_key, str) or not edit_key.isascii() or len(edit_key) > LONGEST_KEY:
        return False
    return hmac.compare_digest(hash_of(edit_key), stored_hash)
