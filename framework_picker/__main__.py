"""``python -m framework_picker``: the command line."""

from __future__ import annotations

import sys

from framework_picker.cli import main

if __name__ == "__main__":
    sys.exit(main())
