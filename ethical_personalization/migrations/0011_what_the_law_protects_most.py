"""Categories and questions that tell what GDPR Art. 9 protects."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '__first__'),  # a shop's copy of the app has migrations of its own
        ('ethical_personalization', '0010_purposes_that_come_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='preferencequestion',
            name='is_sensitive',
            field=models.BooleanField(default=False, help_text='Tick it if an answer tells, or lets somebody guess, what the law protects most: health, religion or philosophical belief, ethnic origin, political opinion, trade-union membership, sexual life or orientation, genetic or biometric data (GDPR Art. 9). Then it is asked no more, nothing uses its answers, and those that were given are deleted the following night.', verbose_name='sensitive'),
        ),
        migrations.CreateModel(
            name='SensitiveCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.OneToOneField(error_messages={'unique': 'This category is marked already.'}, help_text='Choose a category in which an interest tells, or lets somebody guess, what the law protects most: health, religion or philosophical belief, ethnic origin, political opinion, trade-union membership, sexual life or orientation, genetic or biometric data (GDPR Art. 9). Everything below it is marked with it. From then on no view of it is kept, no segment and no list rests on it, and what was kept is deleted the following night.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.category', verbose_name='category')),
            ],
            options={
                'verbose_name': 'sensitive category',
                'verbose_name_plural': 'sensitive categories',
                'ordering': ('category__path',),
            },
        ),
    ]
