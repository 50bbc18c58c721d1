"""Documents of our syntax, put together by chance."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_WORDS = st.sampled_from(
    [
        "skola",
        "vård",
        "Åsa",
        "ärende",
        "öva",
        "2025",
        "en",
        "kommun-IT",
        "🎉",
        "é",
        "snake_case",
        "3",
        "(sic)",
        "A&B",
        "läs:",
        "nu.",
    ]
)
_SIGNS = "* ** *** _ __ ` `` [ ] ![ ]( [[ ]] [^ < > <b> # 1. - + | ! ~~ : = {x} & &amp; &copy; x*y*z a_b_"
_ESCAPED = "https://a.se/b_c \\ \\* \\_ \\| \\[x\\] \\\\"
_ODD = st.sampled_from(f"{_SIGNS} {_ESCAPED}".split())
_NAMES = st.sampled_from(
    ["Sida", "Piloten som blev vardag", "faktor:tid-att-lara", "kommun:Malmö", "A & B", "Fråga: hur?"]
)
_LABELS = ("1", "källa", "b_c")


def _joined(parts: SearchStrategy[str], least: int = 1, most: int = 5) -> SearchStrategy[str]:
    return st.lists(parts, min_size=least, max_size=most).map(" ".join)


def _plain() -> SearchStrategy[str]:
    return _joined(_WORDS, most=3)


def _marked() -> SearchStrategy[str]:
    """One thing with a sign of its own."""
    label = st.sampled_from(_LABELS)
    return st.one_of(
        _plain().map("**{}**".format),
        _plain().map("*{}*".format),
        _plain().map("_{}_".format),
        _plain().map("***{}***".format),
        st.tuples(_plain(), _plain()).map(lambda two: f"**{two[0]} *{two[1]}***"),
        _plain().map("`{}`".format),
        _plain().map("`` ` {} ``".format),
        _plain().map("[{}](https://example.org/a_b)".format),
        _plain().map('[{}](/sidor/a/ "titel")'.format),
        _plain().map("[**{}**](<https://example.org/a b>)".format),
        _plain().map("[{}][ref]".format),
        st.just("[Ref]"),
        st.just("<https://example.org/?a=1&b=2>"),
        st.just("<namn@kommun.se>"),
        _NAMES.map("[[{}]]".format),
        st.tuples(_NAMES, _plain()).map(lambda two: f"[[{two[0]}|{two[1]}]]"),
        label.map("[^{}]".format),
        _plain().map("![{}](/media/bilder/a-800x600.png)".format),
        _plain().map("![{}](https://example.org/b.png)".format),
    )


def line(odd: bool = True) -> SearchStrategy[str]:
    """Text with marks, on one line."""
    parts = [_WORDS, _WORDS, _marked()]
    return _joined(st.one_of(*parts, _ODD) if odd else st.one_of(*parts), most=7)


def _paragraph() -> SearchStrategy[str]:
    ends = st.sampled_from(["\n", "  \n", "\n", "   \n", " \n", "\\\n"])
    return st.lists(st.tuples(line(), ends), min_size=1, max_size=3).map(
        lambda lines: "".join(text + end for text, end in lines).rstrip("\n")
    )


def _heading() -> SearchStrategy[str]:
    titles = st.sampled_from(["Översikt", "Bakgrund", "Översikt"]) | line()
    return st.one_of(
        st.tuples(st.integers(1, 6), titles).map(lambda two: "#" * two[0] + " " + two[1]),
        titles.map("## {} ##".format),
        titles.map("#{}".format),
        st.tuples(titles, st.sampled_from(["===", "---", "-------", "-"])).map("\n".join),
    )


def _indented(text: str) -> str:
    return "\n".join("    " + row if row else "" for row in text.split("\n"))


def _list(depth: int = 0) -> SearchStrategy[str]:
    markers = st.sampled_from(["- ", "* ", "+ ", "1. ", "7. ", "-   "])
    more = [st.just("")] if depth > 1 else [st.just(""), st.just(""), _list(depth + 1)]
    item = st.tuples(line(), st.one_of(*more), st.sampled_from(["", "", "ett stycke till"]))
    return st.tuples(markers, st.lists(item, min_size=1, max_size=3), st.booleans()).map(_listed)


def _listed(given: tuple[str, list[tuple[str, str, str]], bool]) -> str:
    marker, items, is_loose = given
    gap = "\n\n" if is_loose else "\n"
    out = []
    for text, inner, paragraph in items:
        parts = [marker + text, *([_indented(paragraph)] if is_loose and paragraph else [])]
        out.append(gap.join([*parts, *([_indented(inner)] if inner else [])]))
    return gap.join(out)


def _table() -> SearchStrategy[str]:
    cell = st.one_of(st.just(""), _WORDS, _marked(), line(), st.just("a \\| b"), st.just("`x|y`"))
    rules = st.sampled_from(["---", ":--", "--:", ":-:", "------"])
    return (
        st.integers(1, 3)
        .flatmap(
            lambda width: st.tuples(
                st.lists(st.lists(cell, min_size=width, max_size=width), min_size=2, max_size=4),
                st.lists(rules, min_size=width, max_size=width),
                st.booleans(),
            )
        )
        .map(_tabled)
    )


def _tabled(given: tuple[list[list[str]], list[str], bool]) -> str:
    rows, rules, has_borders = given
    rows = [rows[0], rules, *rows[1:]]
    if has_borders or len(rules) == 1:
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join(" | ".join(row) for row in rows)


def _quote() -> SearchStrategy[str]:
    inner = st.lists(st.one_of(_paragraph(), _list(1), _heading()), min_size=1, max_size=2).map("\n\n".join)
    return inner.map(lambda text: "\n".join(f"> {row}" if row else ">" for row in text.split("\n")))


def _code() -> SearchStrategy[str]:
    rows = st.lists(
        st.sampled_from(["x = 1", "", "  # två", "* inte lista", "</b>", "``", "\ttab"]),
        min_size=1,
        max_size=4,
    )
    text = rows.map("\n".join)
    return st.one_of(
        text.map("```\n{}\n```".format),
        text.map("~~~ python\n{}\n~~~".format),
        text.filter(str.strip).map(lambda code: _indented("kod\n" + code)),
    )


def _note() -> SearchStrategy[str]:
    body = st.one_of(line(), st.tuples(line(), line()).map(lambda two: f"{two[0]}\n\n    {two[1]}"))
    return st.tuples(st.sampled_from(_LABELS), body).map(lambda two: f"[^{two[0]}]: {two[1]}")


def blocks() -> SearchStrategy[str]:
    """One block of any kind."""
    return st.one_of(
        _paragraph(),
        _paragraph(),
        _heading(),
        _list(),
        _list(),
        _table(),
        _quote(),
        _code(),
        _note(),
        st.sampled_from(
            ["---", "***", "* * *", '[ref]: https://example.org/ref "R"', "Ord\n:   Betydelse", "\\# nej"]
        ),
    )


def documents() -> SearchStrategy[str]:
    """A page: blocks with one, two or more line ends between them."""
    gaps = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n"])
    ends = st.sampled_from(["\n", "", "\n\n", "  \n"])
    return st.tuples(st.lists(st.tuples(blocks(), gaps), min_size=1, max_size=6), ends).map(
        lambda given: "".join(block + gap for block, gap in given[0]).rstrip("\n") + given[1]
    )


def scribbles() -> SearchStrategy[str]:
    """Signs without sense."""
    return st.text(alphabet="*_`[]()#>-+.!|\\ab1 2:~=<&;^\n\n  å", min_size=1, max_size=60)
