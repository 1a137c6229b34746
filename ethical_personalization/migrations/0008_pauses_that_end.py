"""Pauses that end by themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ethical_personalization', '0007_feedback'),
    ]

    operations = [
        migrations.AddField(
            model_name='restrictionevent',
            name='until',
            field=models.DateTimeField(null=True, verbose_name='until'),
        ),
        migrations.AddField(
            model_name='subject',
            name='restricted_until',
            field=models.DateTimeField(editable=False, help_text='Empty for a pause that she ends herself.', null=True, verbose_name='paused until'),
        ),
    ]
