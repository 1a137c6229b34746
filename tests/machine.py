"""What this machine offers beyond Python, and how to get what it lacks."""

import os
import shutil

#: The one without windows first: it opens a new visitor's page in a third of the time.
CHROMIUM = next(
    (
        path
        for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
#: Debian keeps it where only administrators look for commands.
NGINX = shutil.which(
    "nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
)


def uses_postgresql():
    return os.environ.get("BOUTIQUE_DATABASE") == "postgresql"


def lacking():
    """Marker -> what to do, for everything that tests may need and this machine has not."""
    found = {}
    if CHROMIUM is None:
        found["browser"] = "needs Chromium (Debian, Ubuntu: apt install chromium)"
    if NGINX is None:
        found["nginx"] = "needs nginx (Debian, Ubuntu: apt install nginx-light)"
    if not uses_postgresql():
        found["postgresql"] = (
            "needs PostgreSQL (Debian, Ubuntu: apt install postgresql); name the server: "
            "make test PGHOST=127.0.0.1 PGUSER=… PGPASSWORD=…"
        )
    if not os.environ.get("EP_REDIS_URL"):
        found["redis"] = (
            "needs Redis or Valkey (Debian, Ubuntu: apt install redis-server); name a server that "
            "may be emptied: make test EP_REDIS_URL=redis://127.0.0.1:6379/0"
        )
    return found
