"""The same small app in several UI frameworks, measured in a browser; no part of the app."""
