"""Files that pages show, with what they have held and where they are used; templates of new pages.

Empty tables: at once. Reversing drops them; the files themselves stay in the storage.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0012_whom_tags_count_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PageTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
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
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("body", models.TextField(blank=True)),
                ("number", models.PositiveIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=150)),
                ("creator", models.CharField(blank=True, max_length=200)),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cc-by", "CC BY 4.0: får användas om upphovspersonen anges"),
                            ("cc0", "CC0: får användas fritt"),
                            ("cc-by-sa", "CC BY-SA 4.0: får användas och delas på samma villkor"),
                            ("permission", "Upphovspersonen har sagt ja till att den visas här"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_reason", models.CharField(blank=True, max_length=200)),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="AttachmentContent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("path", models.CharField(db_index=True, max_length=200)),
                (
                    "kind",
                    models.CharField(choices=[("image", "bild"), ("document", "dokument")], max_length=8),
                ),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("name", models.CharField(max_length=150)),
                ("summary", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contents",
                        to="wiki.attachment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="AttachmentUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="wiki.attachmentcontent",
                    ),
                ),
                (
                    "edit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachment_uses",
                        to="wiki.edit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PageTemplateText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
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
                ("body", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="wiki.pagetemplate",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.AddConstraint(
            model_name="attachmentcontent",
            constraint=models.UniqueConstraint(
                fields=("attachment", "number"), name="one_content_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachmentuse",
            constraint=models.UniqueConstraint(
                fields=("content", "edit"), name="one_use_per_content_and_edit"
            ),
        ),
        migrations.AddConstraint(
            model_name="pagetemplatetext",
            constraint=models.UniqueConstraint(
                fields=("template", "number"), name="one_text_per_template_and_number"
            ),
        ),
    ]
