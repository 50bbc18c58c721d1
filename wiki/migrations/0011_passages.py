"""Passages, experiences, exports, and proposals for factors in the queue.

New tables and columns; 0012 fills those that stand for what is there. Seconds for thousands of pages.
Reversing drops experiences and exports, and where passages are (their words stay in the versions).
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("factors", "0002_proposals"),
        ("municipalities", "0001_initial"),
        ("wiki", "0010_draft_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Experience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("applies", models.BooleanField()),
                ("line", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("municipality__sort_key",),
            },
        ),
        migrations.CreateModel(
            name="MunicipalityExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "väntar"),
                            ("working", "görs"),
                            ("ready", "klar"),
                            ("failed", "misslyckades"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveIntegerField(default=0, help_text="byte")),
                ("name", models.CharField(blank=True, max_length=120)),
                ("error", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="reviewitem",
            name="review_item_is_about_something",
        ),
        migrations.AddField(
            model_name="factortag",
            name="claimed_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="factortag",
            name="counted_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counted_tags",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="factortag",
            name="is_sure",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="factortag",
            name="made_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="factortag",
            name="made_number",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="factortag",
            name="passage_version",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="factortag",
            name="phase",
            field=models.CharField(
                blank=True,
                choices=[("before", "före"), ("during", "under"), ("after", "efter")],
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="factortag",
            name="pieces",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="factortag",
            name="state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "hela sidan"),
                    ("here", "finns i texten"),
                    ("look", "behöver ses över"),
                    ("gone", "finns inte längre i texten"),
                ],
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="factortag",
            name="tried",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="factortag",
            name="word_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="factortag",
            name="words",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="notification",
            name="factor_proposal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="factors.factorproposal",
            ),
        ),
        migrations.AddField(
            model_name="reviewitem",
            name="factor_proposal",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="review_item",
                to="factors.factorproposal",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edit", "En sida som du bevakar har ändrats"),
                    ("decision", "Ditt förslag är avgjort"),
                    ("factor", "Ditt förslag om en nyckelfaktor är avgjort"),
                    ("reply", "Någon skriver i en diskussion som du deltar i eller bevakar"),
                    ("mention", "Någon nämner dig"),
                    ("membership", "Dina rättigheter har ändrats"),
                    ("claim", "Någon har tagit över en granskning från dig"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="reviewitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("proposal", "förslag"),
                    ("edits", "ändringar"),
                    ("factor", "förslag om en nyckelfaktor"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="reviewitem",
            name="page_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("erfarenhet", "Erfarenhet"),
                    ("lardom", "Lärdom"),
                    ("guide", "Guide"),
                    ("mote", "Möte"),
                    ("sida", "Sida"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="factortag",
            index=models.Index(fields=["counted_for", "factor", "direction"], name="tag_by_municipality"),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("factor_proposal", None), ("kind", "proposal"), ("proposal__isnull", False)),
                    models.Q(
                        ("factor_proposal", None),
                        ("kind", "edits"),
                        ("page__isnull", False),
                        ("proposal", None),
                    ),
                    models.Q(
                        ("factor_proposal__isnull", False),
                        ("kind", "factor"),
                        ("page", None),
                        ("proposal", None),
                    ),
                    _connector="OR",
                ),
                name="review_item_is_about_something",
            ),
        ),
        migrations.AddField(
            model_name="experience",
            name="hidden_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="experience",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="experiences",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="experience",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="experiences", to="wiki.page"
            ),
        ),
        migrations.AddField(
            model_name="experience",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="experiences",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="municipalityexport",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="exports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="municipalityexport",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.UniqueConstraint(
                fields=("page", "key", "municipality"), name="one_experience_per_passage_and_municipality"
            ),
        ),
    ]
