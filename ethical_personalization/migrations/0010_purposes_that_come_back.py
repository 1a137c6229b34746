"""What was allowed before a purpose was off for a while counts no more."""

from datetime import timedelta

from django.db import migrations, models

#: A purpose and its first version are created one after the other.
AT_ONCE = timedelta(seconds=5)


def mark_those_that_came_back(apps, schema_editor):
    """Offering again has moved ``offered_since`` behind the first version."""
    versions = apps.get_model("ethical_personalization", "PurposeVersion")
    purposes = apps.get_model("ethical_personalization", "Purpose")
    for purpose in purposes.objects.all():
        first = versions.objects.filter(purpose=purpose).order_by("number").first()
        if first is not None and purpose.offered_since > first.created_at + AT_ONCE:
            purposes.objects.filter(pk=purpose.pk).update(came_back_at=purpose.offered_since)


class Migration(migrations.Migration):

    dependencies = [
        ('ethical_personalization', '0009_how_we_personalise'),
    ]

    operations = [
        migrations.AddField(
            model_name='purpose',
            name='came_back_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='offered again since'),
        ),
        migrations.RunPython(mark_those_that_came_back, migrations.RunPython.noop),
    ]
