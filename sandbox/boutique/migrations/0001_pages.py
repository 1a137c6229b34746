"""The pages of the boutique.

Dependencies and bases are lowered by hand: they hold for Wagtail 7.4 and 8, and no class of
wagtail-personalisation appears, so that a later release of it cannot break this file.
"""

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0094_alter_page_locale"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "eyebrow",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="Line above the title"
                    ),
                ),
                ("opening", models.TextField(blank=True, verbose_name="Opening words")),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="A path of this shop, as /gifts/",
                        max_length=200,
                        verbose_name="Link",
                    ),
                ),
                (
                    "link_text",
                    models.CharField(blank=True, max_length=80, verbose_name="Words of the link"),
                ),
                ("body", wagtail.fields.StreamField([], block_lookup={}, blank=True, verbose_name="Content")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="Picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "Home page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="LandingPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "eyebrow",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="Line above the title"
                    ),
                ),
                ("opening", models.TextField(blank=True, verbose_name="Opening words")),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="A path of this shop, as /gifts/",
                        max_length=200,
                        verbose_name="Link",
                    ),
                ),
                (
                    "link_text",
                    models.CharField(blank=True, max_length=80, verbose_name="Words of the link"),
                ),
                ("body", wagtail.fields.StreamField([], block_lookup={}, blank=True, verbose_name="Content")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="Picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "Landing page",
            },
            bases=("wagtailcore.page",),
        ),
    ]
