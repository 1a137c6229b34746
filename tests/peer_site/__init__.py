"""A site of wagtail-personalisation, as it was before it installed us and as it is after."""
