"""What a linter cannot see, as functions: a tree in, a list of what breaks the house rules out.

They take the tree as an argument so that tests/architecture/test_planted.py can plant violations in a copy and see each caught.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MOST_LINES = 400
MOST_FUNCTION_LINES = 40
REFUSED_NAMES = {"utils", "helpers", "common", "misc"}
# Markers of work put off; written apart so that this file does not contain them.
PUT_OFF = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
LAYERS = [
    ["kernel"], ["ui"], ["methods"], ["reference"], ["trust"], ["people", "partners"], ["guide"], ["messaging"],
    ["cases", "awareness", "campaigns"], ["insights"], ["network"], ["desk", "portal", "field", "api"], ["demo"], ["config"],
]  # fmt: skip
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def sources(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def templates(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*.html")):
        if "templates" in path.parts:
            yield path


def too_long(package: Path) -> list[str]:
    """Files over 400 lines and functions over 40, docstring not counted."""
    found = []
    for path in sources(package):
        text = path.read_text(encoding="utf-8")
        if (length := text.count("\n")) > MOST_LINES:
            found.append(f"{path.relative_to(package)}: {length} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1 - _docstring_lines(node)
                if length > MOST_FUNCTION_LINES:
                    found.append(f"{path.relative_to(package)}: {node.name} has {length} lines")
    return found


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return (first.end_lineno or 0) - first.lineno + 1
    return 0


def vague_names(package: Path) -> list[str]:
    return [
        str(path.relative_to(package))
        for path in sorted(package.rglob("*"))
        if path.stem in REFUSED_NAMES and path.suffix in {"", ".py"}
    ]


def put_off_work(package: Path) -> list[str]:
    found = []
    for path in [
        *sources(package),
        *templates(package),
        *sorted(package.rglob("*.css")),
        *sorted(package.rglob("*.js")),
    ]:
        if "vendor" in path.parts or "migrations" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if PUT_OFF.search(line):
                found.append(f"{path.relative_to(package)}:{number}")
    return found


def busy_inits(package: Path) -> list[str]:
    """`__init__.py` of a domain, door or method holds one paragraph; only `models/__init__.py` gathers names."""
    found = []
    for path in package.glob("*/__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        if len(body) != 1 or not isinstance(body[0], ast.Expr):
            found.append(str(path.relative_to(package)))
    return found


def django_where_pure(package: Path) -> list[str]:
    """`rules`, a module or a folder of them, and everything in `methods` work without Django."""
    found = []
    for path in sources(package):
        relative = path.relative_to(package)
        if relative.name == "rules.py" or "rules" in relative.parts or relative.parts[0] == "methods":
            for name, line in _imports(path):
                if name.split(".")[0] == "django":
                    found.append(f"{relative}:{line} imports {name}")
    return found


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def upward_keys(edges: Iterable[tuple[str, str, str]]) -> list[str]:
    """Foreign keys that point up or sideways; an edge is (app, field, app pointed to)."""
    return [
        f"{field} of {origin} points to {target}"
        for origin, field, target in edges
        if origin in RANK and target in RANK and origin != target and RANK[target] >= RANK[origin]
    ]


def inline_style_or_script(package: Path) -> list[str]:
    """What the content security policy would block at run time fails here first."""
    pattern = re.compile(
        r"""\sstyle\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)|\son[a-z]+\s*=\s*["']""",
        re.IGNORECASE,
    )
    found = []
    for path in templates(package):
        text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        if pattern.search(text):
            found.append(str(path.relative_to(package)))
    return found


def unused_templates(package: Path) -> list[str]:
    """Templates no Python, include, extends or component tag names."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources(package))
    markup = "\n".join(path.read_text(encoding="utf-8") for path in templates(package))
    found = []
    for path in templates(package):
        name = str(path).split("/templates/", 1)[1]
        component = name.removeprefix("components/").removesuffix(".html").replace("/", ".").replace("_", "-")
        framework = name.startswith(("account/", "mfa/", "allauth/"))
        if framework or name in code or name in markup or f"<c-{component}" in markup or _named_in_part(path, code):
            continue
        found.append(name)
    return found


def _named_in_part(path: Path, code: str) -> bool:
    """Views of one area may name a page by its last part alone, `"counts.html"` or `"counts"`, and add the folder."""
    return f'"{path.name}"' in code or f'"{path.stem}"' in code


# Names of the product and of a method, which are the same in every language.
_NAMES = re.compile(r"\bSafar\b|\bSHA-256\b")
_ATTRIBUTE = re.compile(r"^(data-[\w-]+|[\w:-]+=.*)$")
_TEXT_ATTRIBUTES = {
    "title",
    "label",
    "placeholder",
    "alt",
    "aria-label",
    "summary",
    "hint",
    "legend",
    "caption",
    "subtitle",
    "term",
    "note",
}
_WORD = re.compile(r"[^\W\d_]{2,}")


def untranslated(package: Path) -> list[str]:
    """Words a reader would see that no catalogue can translate. The gallery shows the kit to developers and is left out."""
    found = []
    for path in templates(package):
        if "gallery" in str(path) or str(path).endswith((".txt", ".xml")):
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(package)}: {words[:60]!r}" for words in _visible_words(text)]
    return found


def _visible_words(text: str) -> Iterator[str]:
    text = re.sub(
        r"\{% comment.*?endcomment %\}|\{#.*?#\}|<!--.*?-->|<(script|style|svg)\b.*?</\1>", "", text, flags=re.DOTALL
    )
    text = re.sub(r"\{% blocktrans(late)?\b.*?\{% endblocktrans(late)? %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% (verbatim).*?\{% endverbatim %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    for tag in re.finditer(r"<[a-zA-Z][^<>]*>", text):
        for name, value in re.findall(r"""([\w:-]+)\s*=\s*["']([^"']*)["']""", tag.group()):
            if name in _TEXT_ATTRIBUTES and _WORD.search(value):
                yield value
    for piece in re.sub(r"<[^<>]*>", "\n", text).splitlines():
        plain = re.sub(r"&\w+;", "", piece).strip()
        if _WORD.search(_NAMES.sub("", plain)) and not _ATTRIBUTE.match(plain):
            yield plain
