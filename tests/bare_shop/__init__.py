"""A shop of Oscar and Wagtail as it is before it installs us."""
