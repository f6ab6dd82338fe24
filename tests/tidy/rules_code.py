"""How our C++ is written."""
import re

from tree import folder, line_of

LINE_MAX = 100
FILE_MAX = 550
FUNCTION_MAX = 90

OPENS_NAMESPACE = re.compile(r"^\s*(?:inline )?namespace (ig(?:::\w+)*) \{")

# (pattern, why, folders it holds in, files it does not hold in)
EVERYWHERE = ("core/", "adapters/", "tests/")
BANNED = [
    (r"\b(?:v?f?printf|v?sn?printf|puts|fputs|putchar)\s*\(", "use fmt", EVERYWHERE,
     ("core/base/require.cpp",)),
    (r"\b(?:stod|stof|stold|strtod|strtof|atof|atoi|atol)\b", "numbers are read by our own parsers",
     EVERYWHERE, ()),
    (r"\b(?:double|float)\b", "no floating point here: money is pence, time is chrono",
     ("core/", "adapters/formats/", "adapters/rti/", "adapters/hmrc/", "adapters/case_system/",
      "adapters/store/", "adapters/wire/"), ()),
    (r"\bstd::w?s?regex\b|\bstd::regex_", "std::regex overflows the stack on long input",
     EVERYWHERE, ()),
    (r"\b(?:sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\(", "a test waits for what it awaits",
     ("tests/",), ()),
    (r"(?<![\w.>:])(?:std::|::)?system\s*\(|\bpopen\s*\(", "no shell", EVERYWHERE, ()),
    (r"\b(?:gets|strcpy|strcat|sprintf|strtok)\s*\(", "no unbounded C strings", EVERYWHERE, ()),
    (r"\b(?:rand|srand|random_device)\b\s*[({]?", "chance comes in through base::Random",
     ("core/", "adapters/sandbox/"), ()),
    (r"\b(?:system_clock|steady_clock)::now\b", "time comes in through base::Clock",
     ("core/",), ("core/base/deadline.hpp",)),
    (r"\.detach\s*\(\)", "a thread has an owner who joins it", EVERYWHERE, ()),
    (r"\b(?:GTEST_SKIP|SUCCEED|DISABLED_\w*)\b", "a test runs, and can fail", ("tests/",), ()),
    (r"EXPECT_TRUE\(true\)|ASSERT_TRUE\(true\)", "a test can fail", ("tests/",), ()),
]

CODE_IN_COMMENT = re.compile(
    r"^\s*//\s*(?:return\b.*|[\w:<>*&.\->\[\]]+(?:\s+[\w:*&]+)*\s*(?:\([^)]*\)|=[^=].*));\s*$")


def headers_guard_themselves(tree):
    for path in tree.sources():
        if path.endswith(".hpp") and not tree.text(path).startswith("#pragma once\n"):
            yield path, 1, "a header starts with #pragma once"


def own_header_comes_first(tree):
    for path in tree.sources("core/", "adapters/"):
        own = path[:-4] + ".hpp"
        if path.endswith(".cpp") and own in tree.files:
            first = (tree.includes(path) or [(1, True, "")])[0]
            if first[2] != own:
                yield path, first[0], f"the first include is {own}"


def includes_are_absolute(tree):
    for path in tree.sources():
        for line, quoted, name in tree.includes(path):
            if quoted and not name.startswith(("core/", "adapters/", "tests/")):
                yield path, line, f'an include of ours is absolute from the root: "{name}"'
            elif quoted and name not in tree.files:
                yield path, line, f'no such file: "{name}"'


def namespace_is_the_folder(tree):
    for path in tree.sources("core/", "adapters/"):
        wanted = "ig::" + folder(path).replace("/", "::")
        opened = [(n, OPENS_NAMESPACE.match(l).group(1)) for n, l in tree.code_lines(path)
                  if OPENS_NAMESPACE.match(l)]
        if not opened and not path.endswith("/main.cpp"):
            yield path, 1, f"the code lies in namespace {wanted}"
        for line, name in opened:
            if name != wanted and not name.startswith(wanted + "::") and name != "ig::embedded":
                yield path, line, f"the namespace is {name}, the folder says {wanted}"


def no_using_namespace_in_headers(tree):
    for path in tree.sources():
        if path.endswith(".hpp"):
            for line, text in tree.code_lines(path):
                if re.match(r"^(?:\w.*)?using namespace\b", text):
                    yield path, line, "a header opens no namespace for others"


def lines_and_files_are_short(tree):
    for path in tree.sources():
        lines = tree.lines(path)
        if len(lines) > FILE_MAX + 1:
            yield path, FILE_MAX, f"{len(lines) - 1} lines; a file has at most {FILE_MAX}"
        for line, text in lines:
            if len(text) > LINE_MAX:
                yield path, line, f"{len(text)} columns; a line has at most {LINE_MAX}"
            if text != text.rstrip():
                yield path, line, "white space at the end of the line"


def functions_are_short(tree):
    for path in tree.sources("core/", "adapters/"):
        start = None
        for line, text in tree.code_lines(path):
            if start is None and text.endswith("{") and text[:1] not in (" ", "", "#"):
                if not re.match(r"(?:inline )?(?:namespace|class|struct|enum|union|extern|template"
                                r"|constexpr .*=|const .*=|static const)", text):
                    start = line
            elif text.startswith("}"):
                if start is not None and line - start > FUNCTION_MAX:
                    yield path, start, f"{line - start} lines; a function has at most {FUNCTION_MAX}"
                start = None


def banned_calls(tree):
    for pattern, why, folders, exempt in BANNED:
        compiled = re.compile(pattern)
        for path in tree.sources(*folders):
            if path in exempt:
                continue
            for line, text in tree.code_lines(path):
                found = None if text.lstrip().startswith("#") else compiled.search(text)
                if found:
                    yield path, line, f"{found.group(0).strip()}: {why}"


def no_code_in_comments(tree):
    for path in tree.sources():
        for line, text in tree.lines(path):
            if CODE_IN_COMMENT.match(text):
                yield path, line, "code that is commented out"


def personal_values_stay_inside(tree):
    """reveal() is called only where reveal_allowed.txt says, with a reason."""
    listing = "tests/tidy/reveal_allowed.txt"
    allowed = {}
    for line, text in tree.lines(listing) if listing in tree.files else []:
        if text.strip() and not text.startswith("#"):
            path, _, reason = text.partition(" ")
            allowed[path] = line
            if not reason.strip():
                yield listing, line, f"say why {path} may reveal a personal value"
    used = set()
    for path in tree.sources("core/", "adapters/"):
        for line, text in tree.code_lines(path):
            if re.search(r"\breveal\(", text) and not re.search(r"\breveal\(\) const", text):
                used.add(path)
                if path not in allowed:
                    yield path, line, f"reveal() is for the files of {listing}, with a reason"
    for path, line in allowed.items():
        if path not in used:
            yield listing, line, f"{path} reveals nothing (any more)"


def coroutines_stay_at_the_edge(tree):
    for path in tree.sources("core/", "adapters/"):
        if not path.startswith("adapters/http/"):
            for line, text in tree.code_lines(path):
                if re.search(r"\bco_(?:await|return|yield)\b", text):
                    yield path, line, "coroutines live in adapters/http only"


def awaits_are_plain(tree):
    """The second compiler miscompiles aggregates and lambdas built inside an await."""
    for path in tree.sources():
        code = tree.code(path)
        for found in re.finditer(r"\bco_await\b([^;]*);", code):
            before = re.split(r"[;{}]", code[:found.start()])[-1]
            before = re.sub(r"auto\s*&{0,2}\s*\[[^\]]*\]", "", before)
            statement = before + found.group(1)
            line = line_of(code, found.start())
            if re.search(r"[{\[]", statement):
                yield path, line, "no brace and no [ in a co_await statement; name the argument"
            if "co_await" in statement:
                yield path, line, "one co_await a statement"


def tests_can_fail(tree):
    check = re.compile(r"\b(?:EXPECT_\w+|ASSERT_\w+|RC_ASSERT\w*|RC_FAIL|ADD_FAILURE|FAIL)\b")
    function = re.compile(r"^(?:  )?[\w:<>,&* \[\]]+?\b(\w+)\([^;]*?\)[^;{}]*\{$(.*?)^(?:  )?\}",
                          re.M | re.S)
    test = re.compile(r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|RC_GTEST_PROP)"
                      r"\(\s*(\w+)\s*,\s*(\w+)[^{]*\{([^\n]*\}$|.*?^\})", re.M | re.S)
    helpers = set()
    for path in tree.sources("tests/"):
        helpers |= {n for n, body in function.findall(tree.code(path)) if check.search(body)}
    for path in tree.sources("tests/"):
        code = tree.code(path)
        for found in test.finditer(code):
            body = found.group(3)
            calls = set(re.findall(r"\b(\w+)(?:<[^<>;]*>)?\(", body))
            if not check.search(body) and not calls & helpers:
                yield path, line_of(code, found.start()), f"{found.group(2)} asserts nothing"


RULES = [headers_guard_themselves, own_header_comes_first, includes_are_absolute,
         namespace_is_the_folder, no_using_namespace_in_headers, lines_and_files_are_short,
         functions_are_short, banned_calls, no_code_in_comments, personal_values_stay_inside,
         coroutines_stay_at_the_edge, awaits_are_plain, tests_can_fail]
