"""How long drafts are, how often they are saved, which of them came before the form was sent, and an index of
those that were thrown away.

Made at once: the columns have constant defaults, and drafts are few. Reversing loses the counts only.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wiki", "0009_presence")]

    operations = [
        migrations.AddField(
            model_name="draft", name="word_count", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(model_name="draft", name="minute", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(
            model_name="draft", name="saves_in_minute", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(model_name="sentform", name="seq", field=models.PositiveIntegerField(default=0)),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", False)),
                fields=["deleted_at"],
                name="draft_thrown_away",
            ),
        ),
    ]
