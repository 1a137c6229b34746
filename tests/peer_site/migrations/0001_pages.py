"""Lowered by hand to what Wagtail 7.4 and 8 have both."""

import django.db.models.deletion
import wagtail.fields
import wagtail_personalisation.blocks
import wagtail_personalisation.models
from django.db import migrations, models


def page_ptr():
    return models.OneToOneField(
        auto_created=True,
        on_delete=django.db.models.deletion.CASCADE,
        parent_link=True,
        primary_key=True,
        serialize=False,
        to="wagtailcore.page",
    )


SEGMENT = (
    "wagtail.blocks.ChoiceBlock",
    [],
    {
        "choices": wagtail_personalisation.blocks.list_segment_choices,
        "help_text": "Only show this content block for users in this segment",
        "label": "Personalisation segment",
        "required": False,
    },
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("wagtailcore", "0094_alter_page_locale")]

    operations = [
        migrations.CreateModel(
            name="PlainPage",
            fields=[("page_ptr", page_ptr())],
            options={"abstract": False},
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ShopPage",
            fields=[
                ("page_ptr", page_ptr()),
                ("intro", models.TextField(blank=True)),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("text", 0), ("teaser", 2)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {}),
                            1: SEGMENT,
                            2: ("wagtail.blocks.StructBlock", [[("segment", 1), ("text", 0)]], {}),
                        },
                    ),
                ),
            ],
            options={"abstract": False},
            bases=(wagtail_personalisation.models.PersonalisablePageMixin, "wagtailcore.page"),
        ),
    ]
