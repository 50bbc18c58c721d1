"""The template of experiences, and what somebody answers to its questions."""

HINT = "Skriv här:"
ANSWERS = (
    "Vårdbiträdena fick vänta på läkemedel.",
    "Vi räknade i två veckor innan vi började.",
    "Chefen var med varje dag.",
    "Täckningen i källaren.",
    "Larmen kom till fel telefon.",
    "Att det skulle gå fort.",
    "Det tog ett halvår.",
    "Fråga nattpersonalen först.",
    "Vi räknar igen i maj.",
    "Egna anteckningar.",
)


def answered(template: str) -> str:
    """A template whose questions have been answered."""
    answers = iter(ANSWERS)
    lines = [next(answers) if line.startswith(HINT) else line for line in template.split("\n")]
    assert next(answers, "") == ""
    return "\n".join(lines)
