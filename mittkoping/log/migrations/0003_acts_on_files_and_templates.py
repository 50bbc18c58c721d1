"""Names for acts on files and templates; the database is not changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0002_factor_acts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="logentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("sign_up", "nytt konto"),
                    ("join", "medlem i en kommun"),
                    ("confirm", "bekräftade en redaktör"),
                    ("unconfirm", "tog tillbaka en bekräftelse"),
                    ("decline", "bekräftade inte en medlem"),
                    ("make_moderator", "utsåg en moderator"),
                    ("unmake_moderator", "tog tillbaka en moderators rättigheter"),
                    ("block", "stängde av ett konto"),
                    ("unblock", "släppte in ett konto igen"),
                    ("appeal", "överklagade en avstängning"),
                    ("accept", "godkände ett förslag"),
                    ("reject", "avslog ett förslag"),
                    ("ask_changes", "bad om ändringar i ett förslag"),
                    ("withdraw", "drog tillbaka sitt förslag"),
                    ("hide_proposal", "dolde ett förslag"),
                    ("show_proposal", "visade ett dolt förslag"),
                    ("review", "granskade ändringar"),
                    ("restore_reviewed", "återställde till den granskade versionen"),
                    ("take_over", "tog över en granskning"),
                    ("rename", "bytte namn på en sida"),
                    ("archive", "arkiverade en sida"),
                    ("restore", "tog tillbaka en sida ur arkivet"),
                    ("protect", "ändrade en sidas skydd"),
                    ("roll_back", "rullade tillbaka ändringar"),
                    ("purge", "dolde en version"),
                    ("hide_comment", "dolde ett inlägg"),
                    ("show_comment", "visade ett dolt inlägg"),
                    ("hide_reason", "dolde ett skäl i loggen"),
                    ("hide_experience", "dolde en kommuns svar"),
                    ("show_experience", "visade en kommuns dolda svar"),
                    ("create_factor", "skapade en nyckelfaktor"),
                    ("edit_factor", "ändrade en nyckelfaktor"),
                    ("merge_factors", "slog ihop nyckelfaktorer"),
                    ("unmerge_factors", "ångrade en sammanslagning av nyckelfaktorer"),
                    ("retire_factor", "avslutade en nyckelfaktor"),
                    ("revive_factor", "tog tillbaka en nyckelfaktor"),
                    ("delete_file", "tog bort en fil"),
                    ("create_template", "skapade en sidmall"),
                    ("edit_template", "ändrade en sidmall"),
                    ("retire_template", "tog bort en sidmall"),
                    ("revive_template", "tog tillbaka en sidmall"),
                ],
                max_length=20,
            ),
        ),
    ]
