"""Measures web frameworks, always in the same way; no part of the app."""
