"""What can go wrong, said in one line."""


class BenchmarkError(Exception):
    """A measurement cannot go on; the message is one line for the person at the terminal."""
