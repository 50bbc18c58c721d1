"""What the drawing in README.md promises and import-linter cannot say. Each test lists the offenders."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.source_tree import APPS, ROOT, files, modules, name, templates

MAX_LINES = 300
MAX_VIEW_LINES = 15
EVERYTHING = (*APPS, "tests", "scripts", "deploy")
# Written by frontend/theme.mjs.
GENERATED = {"static/css/tokens.css"}
SIGNALS = re.compile(r"\.signals$|^django\.dispatch")
SAVERS = ("wiki/operations/", "factors/operations/")
UNESCAPED = re.compile(r"\|\s*safe\b|\bmark_safe\b|\bSafeString\b|autoescape off|\|\s*safeseq\b")
# Every place where text becomes HTML without being escaped, and why that is right there.
MAY_BE_UNESCAPED = {
    "templates/components/_prose.html": "the one place that prints a page: wiki.rendering is its only source",
}
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
INCLUDE = re.compile(r"""\{%\s*include\s+["'](components/[^"']+)["']([^%]*)%\}""")
# Names of things are the same in every language.
NAMES = ("Mittköping", "LEDA", "Markdown", "CC BY 4.0", "CC0", "SCB", "SKL")


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, at any depth."""
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(node: ast.AST) -> list[str]:
    """The modules, or names in modules, that one statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def test_files_are_short() -> None:
    ours = (path for path in files(".py", ".js", ".css", ".html") if "vendor" not in path.parts)
    lengths = {
        name(path): len(path.read_text().splitlines()) for path in ours if "migrations" not in path.parts
    }
    assert lengths["tests/test_architecture.py"] > 100
    assert {
        path: lines for path, lines in lengths.items() if lines > MAX_LINES and path not in GENERATED
    } == {}


def test_no_module_is_named_after_nothing() -> None:
    names = {path.stem for path in files(".py")}
    assert "test_architecture" in names
    assert names & {"utils", "util", "helpers", "misc", "common", "general", "services"} == set()


def test_nothing_happens_by_signal() -> None:
    uses = [
        f"{path}: {module}"
        for path, tree in modules()
        for node in ast.walk(tree)
        for module in imported(node)
        if SIGNALS.search(module)
    ]
    assert uses == []


def test_no_model_saves_in_its_own_way() -> None:
    overrides = [
        f"{path}: {node.name}.{statement.name}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.FunctionDef) and statement.name in {"save", "delete"}
        if ast.unparse(statement.returns or ast.Constant(None)) != "NoReturn"  # refusing is no way of saving
    ]
    assert overrides == []


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{path}:{node.lineno} {function.name}"
        for path, tree in modules(below=EVERYTHING)
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def views() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function that answers a request."""
    for path, tree in modules():
        if "/views" in path or path == "mittkoping/site.py":
            for function in tree.body:
                if isinstance(function, ast.FunctionDef) and [a.arg for a in function.args.args][:1] == [
                    "request"
                ]:
                    yield path, function


def test_views_parse_call_and_answer() -> None:
    lengths = {}
    for path, function in views():
        body = function.body[1:] if ast.get_docstring(function) else function.body
        if body:
            lengths[f"{path}: {function.name}"] = (body[-1].end_lineno or 0) - body[0].lineno + 1
    assert len(lengths) >= 5
    assert {view: lines for view, lines in lengths.items() if lines >= MAX_VIEW_LINES} == {}


def test_only_operations_make_versions() -> None:
    callers = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "versions.save"
    }
    by_name = [
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if "mittkoping.versions.save" in imported(node)
    ]
    assert callers
    assert [path for path in sorted(callers) if not path.startswith(SAVERS)] + by_name == []


def test_text_is_escaped_but_for_the_listed_places() -> None:
    code = ((name(path), path.read_text()) for path in files(".py", below=APPS))
    places = {path for path, text in (*templates(), *code) if UNESCAPED.search(text)}
    assert places == set(MAY_BE_UNESCAPED)


def test_templates_have_nothing_inline() -> None:
    found = [f"{path}: {match.group()}" for path, text in templates() for match in INLINE.finditer(text)]
    assert INLINE.search('<a onclick="x">')
    assert INLINE.search("<script>")
    assert not INLINE.search('<script type="module" src="x">')
    assert found == []


def test_components_tell_their_inputs() -> None:
    components = [(path, text) for path, text in templates() if path.startswith("templates/components/")]
    assert components
    assert [path for path, text in components if not re.match(r"\{#.+#\}\n", text)] == []


def test_components_see_only_what_they_are_given() -> None:
    includes = [(path, *match.groups()) for path, text in templates() for match in INCLUDE.finditer(text)]
    assert includes
    assert [
        f"{path}: {component}" for path, component, rest in includes if not rest.rstrip().endswith(" only")
    ] == []


def visible_text(template: str) -> str:
    """What a template shows in every language: text and attributes that no tag translates."""
    template = re.sub(r"\{#.*?#\}|<!--.*?-->", " ", template)
    template = re.sub(r"(?s)\{%\s*comment\b.*?\{%\s*endcomment\s*%\}", " ", template)
    template = re.sub(r"(?s)\{%\s*blocktrans(late)?\b.*?\{%\s*endblocktrans(late)?\s*%\}", " ", template)
    # This block holds names of CSS classes.
    template = re.sub(r"\{%\s*block wrap\s*%\}.*?\{%\s*endblock\s*%\}", " ", template)
    template = re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}", " ", template)
    template = re.sub(r"(?s)<(script|style|svg|code)\b.*?</\1>", " ", template)
    attributes = re.findall(r"""\s(?:aria-label|alt|title|placeholder)\s*=\s*["']([^"']*)["']""", template)
    return " ".join([re.sub(r"(?s)<[^>]*>", " ", template), *attributes])


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hej</p>", ["Hej"]),
        ('<p>{% translate "Hej" %}</p>', []),
        ('<a title="Hej" class="x">{{ name }}</a>', ["Hej"]),
        ("{% blocktranslate %}Hej {{ x }}{% endblocktranslate %}", []),
    ],
)
def test_untranslated_words_are_seen(template: str, words: list[str]) -> None:
    assert re.findall(r"\w+", visible_text(template)) == words


def test_every_text_can_be_translated() -> None:
    found = {}
    for path, text in templates():
        # Django's own form fragments are markup without words, and cut in the middle of a tag.
        if path.endswith(".html") and not path.startswith("templates/django/"):
            shown = visible_text(text)
            for known in NAMES:
                shown = shown.replace(known, " ")
            if words := re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", shown)):
                found[path] = words
    assert found == {}


def readme_tree() -> dict[str, list[str]]:
    """The file tree of README.md: top level → second level, as it is drawn."""
    block = re.search(
        r"(?s)## How the code is laid out.*?```text\n(.*?)```", (ROOT / "README.md").read_text()
    )
    assert block
    tree: dict[str, list[str]] = {}
    top = ""
    for line in block[1].splitlines():
        drawn = re.split(r"\s{2,}", line.strip())[0].split()
        if line.startswith(" "):
            tree[top] += [entry.rstrip("/") for entry in drawn]
        else:
            top = drawn[0].rstrip("/")
            tree.update({entry.rstrip("/"): [] for entry in drawn})
    return tree


def test_the_readme_draws_what_is_there() -> None:
    tree = readme_tree()
    ours = {name(path).split("/")[0] for path in files()} - {".gitignore", ".gitattributes"}
    assert set(tree) == ours
    missing = [
        f"{top}/{entry}"
        for top, below in tree.items()
        for entry in below
        if not (ROOT / top / entry).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("app", APPS)
def test_the_readme_draws_every_module_of(app: str) -> None:
    there = {name(path).split("/")[1] for path in files(".py", below=(app,))}
    assert there >= {"__init__.py", "apps.py"} or app == "mittkoping"
    assert there - {"__init__.py", "migrations", *readme_tree()[app]} == set()


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs/decisions/README.md").read_text()
    pages = [path.name for path in files(".md", below=("docs/decisions",)) if path.name != "README.md"]
    assert pages
    assert [page for page in pages if f"]({page})" not in listed] == []
    assert [page for page in re.findall(r"\]\((\d{4}[^)]*)\)", listed) if page not in pages] == []


def test_the_changelog_knows_this_release() -> None:
    release = re.search(r'__version__ = "(.+)"', (ROOT / "mittkoping/__init__.py").read_text())
    assert release
    assert re.search(rf"(?m)^## {re.escape(release[1])}\b", (ROOT / "CHANGELOG.md").read_text())
