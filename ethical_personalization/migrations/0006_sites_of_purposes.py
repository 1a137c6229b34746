"""The sites on which a purpose is offered; as before, every one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ethical_personalization', '0005_signals_and_people'),
        ('wagtailcore', '0094_alter_page_locale'),
    ]

    operations = [
        migrations.AddField(
            model_name='purpose',
            name='is_on_every_site',
            field=models.BooleanField(default=True, help_text='Also on sites that are created later.', verbose_name='on every site'),
        ),
        migrations.CreateModel(
            name='PurposeSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(verbose_name='offered since')),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='on_sites', to='ethical_personalization.purpose')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'site of a purpose',
                'verbose_name_plural': 'sites of a purpose',
                'ordering': ('purpose', 'site'),
                'constraints': [models.UniqueConstraint(fields=('purpose', 'site'), name='ep_purpose_site_once')],
            },
        ),
    ]
