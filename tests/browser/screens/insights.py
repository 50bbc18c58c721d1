"""The screens of what all pages say together, and the sheet that a meeting fills in."""

from tests.browser.screens.screen import EVA, Screen

HERE = "/insikter/"
ELSEWHERE = f"{HERE}hinder-och-mojliggorare/"
INSIGHTS = [
    Screen("insights", HERE, ".insight-card"),
    Screen("matrix", f"{HERE}matris/", ".matrix .rating"),
    Screen("matrix by municipality", f"{HERE}matris/?kolumner=kommun", ".matrix .rating"),
    Screen("bars", f"{HERE}staplar/?ordning=hammar", ".insight-bar__enabling"),
    Screen("salience", f"{HERE}omnamnda/", ".insight-bar__part"),
    Screen("pairs", f"{HERE}samvariation/", ".insight-bar__part"),
    Screen("elsewhere", f"{ELSEWHERE}?kommun=mittkoping", ".insight-passage"),
    Screen("elsewhere, nothing chosen", ELSEWHERE, ".empty"),
    Screen("municipalities alike", f"{HERE}liknande-kommuner/?kommun=mittkoping", ".insight-table"),
    Screen("over time", f"{HERE}over-tid/", ".insight-steps"),
    Screen("map", f"{HERE}karta/", ".insight-map__drawing"),
    Screen("white spots", f"{HERE}vita-flackar/", ".insight-field"),
    Screen("insight, wrong facets", f"{HERE}matris/?spar=fel&grupp=Z9", ".ds-alert"),
    Screen("insight that does not exist", f"{HERE}gissning/", ".error-page", status=404),
    Screen("worksheet", "/faktorer/gemensam-malbild/motesblad/", ".worksheet__questions"),
    Screen("export, signed out", "/kommuner/mittkoping/export/", "#innehall-i-filen"),
]
# What members of a municipality, and others, see of its export.
EXPORTING = [
    Screen("export", "/kommuner/mittkoping/export/", "#export-lage", EVA),
    Screen("export of others", "/kommuner/granneby/export/", ".notice", EVA),
    Screen("export that is gone", "/kommuner/mittkoping/export/1.zip", ".error-page", EVA, 404),
    Screen(
        "new page from notes",
        "/sidor/ny/?typ=mote&faktor=gemensam-malbild&faktor=kommunikation",
        "#id_tags-1-factor",
        EVA,
    ),
]
