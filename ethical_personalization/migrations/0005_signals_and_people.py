"""Pauses, ages, policies on Global Privacy Control, and yeses that overruled it."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ethical_personalization', '0004_your_data'),
        ('wagtailcore', '0094_alter_page_locale'),
    ]

    operations = [
        migrations.AddField(
            model_name='consentevent',
            name='despite_gpc',
            field=models.BooleanField(default=False, verbose_name='said in a browser that sent Global Privacy Control'),
        ),
        migrations.AddField(
            model_name='purpose',
            name='honours_gpc',
            field=models.BooleanField(default=True, help_text='A browser that sends the header Sec-GPC says no for its shopper, until she says yes all the same. What the contract needs does not depend on it.', verbose_name='honours Global Privacy Control'),
        ),
        migrations.AddField(
            model_name='subject',
            name='restricted_at',
            field=models.DateTimeField(editable=False, help_text='Since then nothing is used and nothing new is kept, on any site.', null=True, verbose_name='paused since'),
        ),
        migrations.AddField(
            model_name='subject',
            name='under_age_until',
            field=models.DateTimeField(editable=False, help_text='She said so herself. Her birthday is not known.', null=True, verbose_name='under age until'),
        ),
        migrations.AlterField(
            model_name='consentevent',
            name='status',
            field=models.CharField(choices=[('unknown', 'not answered'), ('requested', 'asked'), ('given', 'allowed'), ('refused', 'not allowed'), ('withdrawn', 'taken back'), ('expired', 'run out'), ('invalidated', 'to be asked again'), ('objected', 'objected to')], max_length=12, verbose_name='choice'),
        ),
        migrations.CreateModel(
            name='AgeLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age', models.PositiveSmallIntegerField(default=16, help_text='Who says in the preferences that she is younger is offered nothing that makes a profile. By law it is 16, or as low as 13 in some countries; ask your lawyer.', validators=[django.core.validators.MinValueValidator(13), django.core.validators.MaxValueValidator(21)], verbose_name='age')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'age limit',
                'verbose_name_plural': 'age limits',
            },
        ),
        migrations.CreateModel(
            name='RestrictionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_restricted', models.BooleanField(verbose_name='paused')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='restrictions', to='ethical_personalization.subject')),
            ],
            options={
                'verbose_name': 'pause',
                'verbose_name_plural': 'pauses',
                'ordering': ('pk',),
            },
        ),
    ]
