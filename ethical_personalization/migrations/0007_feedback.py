"""What shoppers say about decisions, and what they ask the shop."""

import django.db.models.deletion
import ethical_personalization.models.feedback
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ethical_personalization', '0006_sites_of_purposes'),
        ('wagtail_personalisation', '0026_alter_dayrule_segment_alter_devicerule_segment_and_more'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('helpful', 'Helpful'), ('not_helpful', 'Not helpful'), ('intrusive', 'Feels intrusive'), ('unfair', 'Unfair'), ('question', 'Question'), ('complaint', 'Complaint')], editable=False, max_length=12, verbose_name='kind')),
                ('placement', models.CharField(blank=True, editable=False, max_length=200, verbose_name='place')),
                ('facts', models.JSONField(default=list, editable=False, verbose_name='facts of the reason')),
                ('words', models.TextField(blank=True, editable=False, verbose_name='words')),
                ('week', models.DateField(default=ethical_personalization.models.feedback.this_week, editable=False, verbose_name='week of')),
                ('mark', models.CharField(editable=False, max_length=64, null=True, unique=True, verbose_name='keyed hash')),
                ('mark_until', models.DateField(editable=False, null=True, verbose_name='mark kept until')),
                ('answer', models.TextField(blank=True, help_text='The shopper reads it in her preferences, under “Questions and complaints”.', max_length=4000, verbose_name='answer')),
                ('answered_on', models.DateField(editable=False, null=True, verbose_name='answered on')),
                ('segment', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_personalisation.segment', verbose_name='segment')),
                ('subject', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ethical_personalization.subject', verbose_name='pseudonym')),
            ],
            options={
                'verbose_name': 'feedback',
                'verbose_name_plural': 'feedback',
                'ordering': ('-week', 'pk'),
                'indexes': [models.Index(fields=['week', 'answered_on'], name='ep_feedback_week')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('question', 'complaint')), _negated=True), ('subject__isnull', False), _connector='OR'), name='ep_feedback_question_of_somebody')],
            },
        ),
    ]
