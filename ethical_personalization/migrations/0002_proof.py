"""What the proof of choices needs: keep-until, keys of requests, signed roots of days."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ethical_personalization', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DailyRoot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('size', models.PositiveIntegerField(verbose_name='number of events')),
                ('root', models.CharField(max_length=64, verbose_name='root')),
                ('previous', models.CharField(blank=True, max_length=64, unique=True, verbose_name='digest of the root before')),
                ('key_id', models.CharField(max_length=16, verbose_name='id of the signing key')),
                ('signature', models.CharField(max_length=128, verbose_name='signature')),
                ('entries', models.BinaryField(verbose_name='entries')),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='signed at')),
            ],
            options={
                'verbose_name': 'daily root',
                'verbose_name_plural': 'daily roots',
                'ordering': ('day',),
            },
        ),
        migrations.AddField(
            model_name='consentevent',
            name='keep_until',
            field=models.DateTimeField(null=True, verbose_name='proof kept until'),
        ),
        migrations.AddField(
            model_name='consentevent',
            name='request_key',
            field=models.CharField(blank=True, max_length=64, verbose_name='key of the request'),
        ),
        migrations.AddIndex(
            model_name='consentevent',
            index=models.Index(fields=['at'], name='ep_event_by_day'),
        ),
        migrations.AddConstraint(
            model_name='consentevent',
            constraint=models.UniqueConstraint(condition=models.Q(('request_key', ''), _negated=True), fields=('request_key', 'purpose_version'), name='ep_event_once_per_request'),
        ),
    ]
