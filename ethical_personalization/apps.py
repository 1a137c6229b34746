"""How the app starts inside a Django project."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from .personalization import host_imports

host_imports.delay()  # here, because apps are imported before the models of any app


class EthicalPersonalizationConfig(AppConfig):
    """One app, one line in ``INSTALLED_APPS``."""

    name = "ethical_personalization"
    verbose_name = _("Ethical personalisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect; running it twice changes nothing."""
        from . import checks, discovery
        from .editor import projection
        from .models import disclosures, guards, published
        from .personalization import cached_fragments, host
        from .preferences import registered
        from .setup import create_defaults
        from .shopper import cached_pages, collection, erasure, login, viewing

        discovery.connect()
        checks.connect()
        login.connect()
        erasure.connect()
        registered.connect()
        viewing.connect()
        collection.connect()
        published.connect()
        disclosures.connect()
        host.mend()
        cached_pages.mend()
        cached_fragments.mend()
        projection.connect()
        post_migrate.connect(
            create_defaults, sender=self, dispatch_uid="ethical_personalization.defaults"
        )
        pre_migrate.connect(
            guards.lift_guards, sender=self, dispatch_uid="ethical_personalization.guards"
        )
        post_migrate.connect(
            guards.install_guards, sender=self, dispatch_uid="ethical_personalization.guards"
        )
