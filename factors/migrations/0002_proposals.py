"""Proposals for the catalogue, and more facts about each version of a factor.

A new table and three columns: made at once. Reversing drops the proposals, and what was done in each version.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("factors", "0001_initial"),
        ("municipalities", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="factoredit",
            name="act",
            field=models.CharField(
                choices=[
                    ("load", "inläst"),
                    ("create", "skapad"),
                    ("edit", "ändrad"),
                    ("merge", "sammanslagen"),
                    ("unmerge", "sammanslagningen ångrad"),
                    ("retire", "avslutad"),
                    ("revive", "åter aktiv"),
                    ("revert", "återställd"),
                ],
                default="load",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="factoredit",
            name="reviewer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="factoredit",
            name="source_number",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="FactorProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fields", models.JSONField()),
                ("base", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("summary", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "väntar på granskning"),
                            ("accepted", "godkänt"),
                            ("rejected", "avslaget"),
                            ("withdrawn", "tillbakadraget"),
                        ],
                        default="pending",
                        max_length=9,
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factor_proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "factor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="factors.factor",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factor_proposals",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["status", "id"], name="factor_proposal_by_status")],
            },
        ),
    ]
