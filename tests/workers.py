"""Which tests one worker runs one after another.

``--dist loadgroup`` asks for groups; xdist 3.8 loses its own marks of groups on pytest 9.2
(https://github.com/pytest-dev/pytest-xdist/issues/1386), so what is dear would be made once per
worker. These groups go by the path of a test, which every version passes on.
"""

from xdist.scheduler import LoadScopeScheduling

#: The tests under one of these paths share something dear, so one worker runs them all.
SHARING = (
    "tests/accountability/test_boutique.py",
    "tests/benchmarks/",
    "tests/peer_site/",
    "tests/sandbox/test_demo_data.py",
    "tests/security/test_admin_bodies.py",
    "tests/security/test_bodies.py",
    "tests/security/test_forged_requests.py",
    "tests/security/test_headers_and_logs.py",
    "tests/security/test_personal_data.py",
    "tests/security/test_redirects.py",
    "tests/security/test_texts.py",
    "tests/shopper/test_forked_apps.py",
    "tests/standards/test_screens.py",
)


class SharingScheduler(LoadScopeScheduling):
    """Gives out the tests one by one, but those of a group together."""

    def _split_scope(self, nodeid):
        return next((path for path in SHARING if nodeid.startswith(path)), nodeid)


def pytest_xdist_make_scheduler(config, log):
    if config.getoption("dist") == "loadgroup":
        return SharingScheduler(config, log)
    return None
