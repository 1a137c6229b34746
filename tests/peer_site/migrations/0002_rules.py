"""A rule that extends another, and one that is another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_site", "0001_pages"),
        ("wagtail_personalisation", "0026_alter_dayrule_segment_alter_devicerule_segment_and_more"),
    ]

    operations = [
        migrations.CreateModel(
            name="StrictRule",
            fields=[
                (
                    "queryrule_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtail_personalisation.queryrule",
                    ),
                ),
            ],
            options={
                "verbose_name": "Abstract segmentation rule",
                "abstract": False,
            },
            bases=("wagtail_personalisation.queryrule",),
        ),
        migrations.CreateModel(
            name="SameRule",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("wagtail_personalisation.queryrule",),
        ),
    ]
