"""Two shops: on two host names, or on one host name with two ports."""

import pytest
from wagtail.models import Site

from tests.preferences.conftest import _cold_cache, home, question, user  # noqa: F401
from tests.preferences.visitor import SAME_ORIGIN, Visitor

ONE, OTHER = "nord.example", "sued.example"


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.USE_X_FORWARDED_PORT = True


@pytest.fixture
def nord(home):  # noqa: F811
    """The default site."""
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port, site.site_name = ONE, 80, "Nord"
    site.save()
    return site


@pytest.fixture
def sued(nord):
    """A second shop on a host name of its own."""
    return Site.objects.create(hostname=OTHER, port=80, site_name="Süd", root_page=nord.root_page)


@pytest.fixture
def next_door(nord):
    """A second shop on the same host name, so with the same cookies."""
    return Site.objects.create(
        hostname=ONE, port=8000, site_name="Next door", root_page=nord.root_page
    )


class Browser(Visitor):
    """One device; ``at`` says on which site it is."""

    def at(self, site):
        self.site = site
        self.client.defaults["HTTP_HOST"] = site.hostname
        self.client.defaults["HTTP_X_FORWARDED_PORT"] = str(site.port)
        return self

    def carries(self, name):
        morsel = self.client.cookies.get(name)
        return morsel.value if morsel is not None else ""

    @property
    def own_cookie(self):
        return self.carries(f"ep_choices_{self.site.pk}")

    def is_asked(self):
        """The titles of the purposes that the banner asks about; None without a question."""
        form = self.opens("/").page.select_one("ep-consent form")
        return form and [each.get_text() for each in form.select(".ep-purpose__title")]

    def sends(self, path, **data):
        return self.client.post(f"/preferences/{path}", data, headers=SAME_ORIGIN)


@pytest.fixture
def browser(db):
    return Browser()


@pytest.fixture
def another_browser(db):
    return Browser()
