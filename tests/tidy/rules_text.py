"""What stands beside the code: READMEs, links, schemas, words."""
import json
import re

from tree import folder, line_of

HEADINGS = ["## Purpose", "## Place", "## Owns", "## Threads", "## Limits"]
README_ALSO = ["core", "adapters", "tests", "schemas", "config"]
TEXT_FILES = (".hpp", ".cpp", ".py", ".sh", ".md", ".txt", ".cmake", ".toml", ".json", ".sql",
              ".service", ".yaml", ".xml", ".csv", ".ndjson", "dev", ".ci/run")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.$}/])/(?:home|root|work|Users|tmp)(?:/|\b)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
TEST_NAME = re.compile(r"`(\w+)\.(\w+)`")


def is_test_data(path):
    return path.startswith(("tests/data/", "tests/fuzz/corpus/"))


def every_folder_of_code_has_a_readme(tree):
    folders = {folder(p) for p in tree.sources("core/", "adapters/")}
    for here in sorted(folders | {f for f in README_ALSO if any(p.startswith(f + "/")
                                                               for p in tree.files)}):
        path = here + "/README.md"
        if path not in tree.files:
            yield path, 1, "missing; headings: " + ", ".join(HEADINGS)
            continue
        titles = [l for _, l in tree.lines(path) if l.startswith("#")]
        names = ("# " + here, "# " + here.split("/")[-1])
        if not titles or titles[0] not in names or titles[1:] != HEADINGS:
            yield path, 1, f"headings are '# {here}', then " + ", ".join(HEADINGS)
        bodies = re.split(r"^#.*$", tree.text(path), flags=re.M)[2:]
        for heading, body in zip(HEADINGS, bodies):
            if not body.strip():
                yield path, 1, f"nothing under {heading}"


def slug(title):
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def resolve(base, target):
    parts = base.split("/") if base else []
    for part in target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def links_resolve(tree):
    folders = {""}
    for path in tree.files:
        while path:
            path = folder(path)
            folders.add(path)
    for path in tree.named(".md"):
        for line, text in tree.lines(path):
            for target in LINK.findall(text):
                if re.match(r"^[a-z]+:", target):
                    continue
                name, _, anchor = target.partition("#")
                full = resolve(folder(path), name) if name else path
                if full is None or (full not in tree.files and full not in folders):
                    yield path, line, f"the link leads nowhere: {target}"
                elif anchor and full.endswith(".md"):
                    titles = [slug(l.lstrip("#")) for _, l in tree.lines(full) if l[:1] == "#"]
                    if anchor not in titles:
                        yield path, line, f"no such heading: {target}"


def nothing_is_left_undone(tree):
    for path in tree.named(*TEXT_FILES):
        if is_test_data(path):
            continue
        for line, text in tree.lines(path):
            if UNFINISHED.search(text):
                yield path, line, f"unfinished: {UNFINISHED.search(text).group(0)}"


def no_paths_of_one_machine(tree):
    for path in tree.named(*TEXT_FILES, ".json", ".cmake"):
        if path.startswith("tests/tidy/"):
            continue
        for line, text in tree.lines(path):
            found = MACHINE_PATH.search(text)
            if found:
                yield path, line, f"a path of one machine: {found.group(0)}"


def sources_are_ascii(tree):
    names = tree.sources() + tree.named(".py", ".sh", ".cmake", "CMakeLists.txt", "/run", ".sql")
    for path in names + [p for p in ("dev",) if p in tree.files]:
        for line, raw in enumerate(tree.files[path].split(b"\n"), 1):
            if any(byte > 126 or (byte < 32 and byte != 9) for byte in raw):
                yield path, line, "a byte that is not printable ASCII"


def error_codes_agree(tree):
    """schemas/errors.json names the codes of error_code.hpp, in order, with their meaning."""
    header, schema = "core/base/error_code.hpp", "schemas/errors.json"
    if header not in tree.files:
        return
    if schema not in tree.files:
        yield schema, 1, "missing: the closed list of error codes"
        return
    ours = re.findall(r"^\s*X\((\w+)\)\s*/\*\s*(.*?)\s*\*/", tree.text(header), re.M)
    try:
        theirs = [(c["code"], c["meaning"]) for c in json.loads(tree.text(schema))["codes"]]
    except (ValueError, KeyError, TypeError) as error:
        yield schema, 1, f"not a list of codes with code and meaning: {error}"
        return
    for code, meaning in ours:
        if (code, meaning) not in theirs:
            yield schema, 1, f"{code} is missing or has another meaning than in {header}"
    for code, _ in theirs:
        if code not in [c for c, _ in ours]:
            yield schema, 1, f"{code} is not in {header}"
    if not [1 for line in ours] or len(ours) != len(theirs):
        yield schema, 1, f"{len(theirs)} codes, {len(ours)} in {header}"


def json_is_json(tree):
    for path in tree.named(".json"):
        if not is_test_data(path):
            try:
                json.loads(tree.text(path))
            except ValueError as error:
                yield path, getattr(error, "lineno", 1), "not JSON"


def failure_page_names_tests(tree):
    """Each row of docs/failure.md names a test, and the test exists."""
    page = "docs/failure.md"
    if page not in tree.files:
        return
    tests = set()
    for path in tree.sources("tests/"):
        tests |= set(re.findall(r"\((\w+),\s*(\w+)", tree.code(path)))
    lines = tree.lines(page) + [(0, "")]
    divider = re.compile(r"^\|[\s\-|:]+$")
    for (line, text), (_, following) in zip(lines, lines[1:]):
        if not text.startswith("|") or divider.match(text) or divider.match(following):
            continue
        named = TEST_NAME.findall(text)
        if not named:
            yield page, line, "the row names no test"
        for suite, name in named:
            if (suite, name) not in tests:
                yield page, line, f"no such test: {suite}.{name}"


def settings_are_explained(tree):
    """Every setting the program reads stands in gateway.toml, and no other."""
    reader, shipped = "adapters/cli/config.cpp", "config/gateway.toml"
    if reader not in tree.files or shipped not in tree.files:
        return
    read = set(re.findall(r'\b(?:text|path|url|whole|truth|mode|seconds|millis|fields|days|parameters|packings)\("(\w+)"',
                          tree.text(reader)))
    modes = False
    told = set()
    for line, text in tree.lines(shipped):
        header = re.match(r"^#?\s*\[+([\w.]+)\]", text)
        modes = header.group(1).endswith(".modes") if header else modes
        key = re.match(r"^(?:# )?(\w+) = ", text)
        if key and not modes:
            told.add(key.group(1))
            if key.group(1) not in read:
                yield shipped, line, f"{key.group(1)} is not a setting of {reader}"
    for key in sorted(read - told):
        yield shipped, 1, f"{key} is not explained"


RULES = [every_folder_of_code_has_a_readme, links_resolve, nothing_is_left_undone,
         no_paths_of_one_machine, sources_are_ascii, error_codes_agree, json_is_json,
         failure_page_names_tests, settings_are_explained]
