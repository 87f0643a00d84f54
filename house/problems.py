"""What can go wrong during set-up, in words for the person at the keyboard."""


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what to do about it."""
