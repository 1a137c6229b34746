"""What the shop told and when, the page *How we personalise*, and choices at registration.

Dependencies and bases are lowered by hand: they hold for Wagtail 7.4 and 8.
"""

import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.db import migrations, models


def leave_plain_pages(apps, schema_editor):
    """On the way out: Wagtail can't serve a page whose model has gone, so nobody finds it any more.

    An editor can still see and delete it. Its drafts can't be read without the model.
    """
    types = apps.get_model("contenttypes", "ContentType").objects
    ours = types.filter(app_label="ethical_personalization", model="howwepersonalisepage").first()
    if ours is None:
        return
    plain, _created = types.get_or_create(app_label="wagtailcore", model="page")
    pages = apps.get_model("wagtailcore", "Page").objects.filter(content_type=ours)
    pages.update(
        content_type=plain,
        live=False,
        has_unpublished_changes=False,
        latest_revision=None,
        live_revision=None,
    )
    apps.get_model("wagtailcore", "Revision").objects.filter(content_type=ours).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('ethical_personalization', '0008_pauses_that_end'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('wagtailcore', '0094_alter_page_locale'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('told', models.JSONField(verbose_name='what is told')),
                ('told_hash', models.CharField(max_length=64, verbose_name='hash of it, without the words')),
            ],
            options={
                'verbose_name': 'what was told',
                'verbose_name_plural': 'what was told',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='HowWePersonalisePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('body', wagtail.fields.StreamField([], blank=True, block_lookup={}, default=[('part', {'part': 'everything'})], help_text='Write before, between and after the tables. What you leave out of them is shown at the end.', verbose_name='content')),
            ],
            options={
                'verbose_name': 'How we personalise',
                'verbose_name_plural': 'How we personalise',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AlterField(
            model_name='consentevent',
            name='method',
            field=models.CharField(choices=[('banner', 'banner'), ('preference_center', 'preference center'), ('widget', 'explanation beside the content'), ('registration', 'registration'), ('login', 'refusal on a device, applied at login'), ('api', "the shop's own code")], max_length=20, verbose_name='made in'),
        ),
        migrations.RunPython(migrations.RunPython.noop, leave_plain_pages),
    ]
