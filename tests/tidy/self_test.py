"""Each rule against a small tree that breaks it, and against one that does not."""
import rules_page
from tree import Tree

HPP = "#pragma once\n\n"
README = "# {0}\n\n## Purpose\nx\n\n## Place\nx\n\n## Owns\nx\n\n## Threads\nx\n\n## Limits\nx\n"


def source(namespace, body="", includes=""):
    return f"{includes}namespace {namespace} {{\n{body}}}  // namespace {namespace}\n"


def header(namespace, body="", includes=""):
    return HPP + source(namespace, body, includes)


def core(body="", includes=""):
    return {"core/base/x.hpp": header("ig::core::base", body, includes),
            "core/README.md": README.format("core"),
            "core/base/README.md": README.format("core/base")}


def adapter(name, body="", includes=""):
    return {f"adapters/{name}/x.hpp": header("ig::adapters::" + name.replace("/", "::"), body,
                                            includes),
            f"adapters/{name}/README.md": README.format("adapters/" + name),
            "adapters/README.md": README.format("adapters")}


def test_file(body):
    return {"tests/unit/x_test.cpp": body, "tests/README.md": README.format("tests")}


def page(row):
    return {"docs/failure.md": "| What | Test |\n|---|---|\n" + row,
            **test_file("TEST(A, IsThere) {\n  EXPECT_EQ(1, one());\n}\n")}


def law_page(members, asked="a.b"):
    """A page of one rule that is fresh; what it names may not be there."""
    table = ('[[rule]]\nid = "R-1"\ntitle = "t"\ncitation = "c"\nwhen = "w"\nwhat = "w"\n'
             + members + f'parameters = ["{asked}"]\n')
    law = ('[[parameter]]\nname = "a.b"\nfrom = 2012-12-10\nvalue = 1\nunit = "u"\n'
           'citation = "c"\nstatus = "in force"\n')
    return {"docs/rules.toml": table, "config/parameters.toml": law,
            "docs/rules.md": rules_page.page(table, law),
            "core/a.cpp": source("ig::core"), "core/README.md": README.format("core"),
            "tests/unit/a_test.cpp": "TEST(A, B) {\n  EXPECT_EQ(1, one());\n}\n",
            "tests/README.md": README.format("tests")}


LONG_FUNCTION = "void f() {\n" + "  g();\n" * 91 + "}\n"
UNDONE = "TO" + "DO"

# (name of the rule that must speak, tree)
BROKEN = [
    ("core-includes-core-only", core(includes='#include "adapters/http/client.hpp"\n')),
    ("core-includes-core-only", core(includes="#include <boost/asio.hpp>\n")),
    ("core-includes-core-only", core(includes="#include <fstream>\n")),
    ("adapters-keep-apart", {**adapter("hmrc", includes='#include "adapters/rti/x.hpp"\n'),
                             **adapter("rti")}),
    ("technical-codecs-know-no-business",
     {**adapter("wire/xml", includes='#include "core/facts/fact.hpp"\n')}),
    ("sandbox-stands-alone", adapter("sandbox", includes='#include "core/rules/gate.hpp"\n')),
    ("libraries-stay-home", adapter("rti", includes="#include <openssl/evp.h>\n")),
    ("includes-follow-links", {
        **core(includes='#include "core/rules/y.hpp"\n'),
        "core/rules/y.hpp": header("ig::core::rules"),
        "core/CMakeLists.txt": "ig_module(core_base core/base fmt::fmt)\n"
                               "ig_module(core_rules core/rules core_base)\n"}),
    ("rates-are-for-tests", core(includes='#include "core/rates/rates.hpp"\n')),
    ("rates-are-for-tests", {
        "core/CMakeLists.txt": "ig_module(core_rates core/rates fmt::fmt)\n"
                               "ig_module(core_jobs core/jobs core_rates)\n"}),
    ("heavy-headers-are-few", {f"adapters/http/{n}.cpp": source(
        "ig::adapters::http", "", "#include <boost/beast/core.hpp>\n") for n in "abcd"}),
    ("heavy-headers-are-few", {f"adapters/wire/crypto/{n}.cpp": source(
        "ig::adapters::wire::crypto", "", "#include <openssl/evp.h>\n") for n in "abcde"}),
    ("headers-guard-themselves", {"core/base/x.hpp": source("ig::core::base")}),
    ("own-header-comes-first", {**core(), "core/base/x.cpp": source(
        "ig::core::base", "", '#include <string>\n\n#include "core/base/x.hpp"\n')}),
    ("includes-are-absolute", core(includes='#include "x.hpp"\n')),
    ("includes-are-absolute", core(includes='#include "core/base/gone.hpp"\n')),
    ("namespace-is-the-folder", {"core/base/x.hpp": header("ig::core::values")}),
    ("no-using-namespace-in-headers", core("using namespace std;\n")),
    ("lines-and-files-are-short", core("// " + "a" * 98 + "\n")),
    ("lines-and-files-are-short", core("int a;\n" * 560)),
    ("lines-and-files-are-short", core("int a; \n")),
    ("functions-are-short", core(LONG_FUNCTION)),
    ("banned-calls", core("double half = 0;\n")),
    ("banned-calls", core('void f() { std::printf("x"); }\n')),
    ("banned-calls", adapter("rti", "auto x = std::stod(text);\n")),
    ("banned-calls", adapter("rti", "std::regex pattern;\n")),
    ("banned-calls", core("auto now = std::chrono::system_clock::now();\n")),
    ("banned-calls", test_file("void f() { std::this_thread::sleep_for(1s); }\n")),
    ("banned-calls", test_file("TEST(A, B) {\n  GTEST_SKIP();\n  EXPECT_EQ(1, 2);\n}\n")),
    ("no-code-in-comments", core("// total = total + pay;\n")),
    ("no-code-in-comments", core("// return 0;\n")),
    ("personal-values-stay-inside", core("auto x = name.reveal();\n")),
    ("personal-values-stay-inside",
     {**core(), "tests/tidy/reveal_allowed.txt": "core/base/x.hpp it once did\n"}),
    ("coroutines-stay-at-the-edge", adapter("rti", "auto f() { co_return 1; }\n")),
    ("awaits-are-plain", adapter("http", "auto f() { co_await g(Options{1}); }\n")),
    ("awaits-are-plain", adapter("http", "auto f() { co_await g([x] { return x; }); }\n")),
    ("awaits-are-plain", adapter("http", "auto f() { co_await g(co_await h()); }\n")),
    ("tests-can-fail", test_file("TEST(A, DoesNothing) {\n  run();\n}\n")),
    ("every-folder-of-code-has-a-readme", {"core/base/x.hpp": header("ig::core::base")}),
    ("every-folder-of-code-has-a-readme", {**core(), "core/base/README.md": "# core/base\n"}),
    ("links-resolve", {"README.md": "[gone](docs/gone.md)\n"}),
    ("links-resolve", {"README.md": "# A\n[gone](#b)\n"}),
    ("nothing-is-left-undone", core(f"// {UNDONE}: later\n")),
    ("no-paths-of-one-machine", {"dev": "cd /ho" + "me/me\n"}),
    ("sources-are-ascii", core("// caf\u00e9\n")),
    ("error-codes-agree", {"core/base/error_code.hpp": "  X(A) /* a */ \\\n",
                           "schemas/errors.json": '{"codes":[{"code":"A","meaning":"b"}]}'}),
    ("json-is-json", {"schemas/x.json": "{,}"}),
    ("failure-page-names-tests", page("| HMRC is down | `A.IsGone` |\n")),
    ("failure-page-names-tests", page("| HMRC is down | we hope |\n")),
    ("settings-are-explained", {"adapters/cli/config.cpp": 't.text("site", out.site);\n',
                                "config/gateway.toml": "# none\n"}),
    ("settings-are-explained", {"adapters/cli/config.cpp": "\n",
                                "config/gateway.toml": "# site = 1\n"}),
    ("rules-page-is-fresh", {"docs/rules.toml": "", "config/parameters.toml": "",
                             "docs/rules.md": "# Rules\n"}),
    ("rules-page-is-fresh", law_page('code = ["core/gone.cpp"]\ntests = ["A"]\n')),
    ("rules-page-is-fresh", law_page('code = ["core/a.cpp"]\ntests = ["B"]\n')),
    ("rules-page-is-fresh", law_page('code = ["core/a.cpp"]\ntests = ["A"]\n', asked="b.c")),
]

# Trees in which nothing is wrong, close to the edge of a rule.
SOUND = [
    core("// Pays; then goes.\n/// \"system(\" in a comment is prose.\nint pay();\n",
         '#include "core/base/y.hpp"\n#include <fmt/format.h>\n#include <string>\n')
    | {"core/base/y.hpp": header("ig::core::base::limits")},
    core('constexpr auto words = "double printf(";\n'),
    core("auto x = name.reveal();\n")
    | test_file("") | {"tests/tidy/reveal_allowed.txt": "# who\ncore/base/x.hpp it hashes it\n"},
    adapter("http", "auto f() {\n  auto [ec, n] = co_await g(options, token);\n}\n"),
    adapter("hmrc", includes='#include "adapters/http/x.hpp"\n') | adapter("http"),
    core("std::int64_t thousand = 1'000;\n// long: " + "a" * 89 + "\n"),
    page("| HMRC is down | `A.IsThere` |\n"),
    {"core/rates/y.hpp": header("ig::core::rates"),
     "core/rates/README.md": README.format("core/rates"),
     "core/README.md": README.format("core"),
     "core/rates/x.hpp": header("ig::core::rates", includes='#include "core/rates/y.hpp"\n'),
     "tests/unit/x_test.cpp": '#include "core/rates/x.hpp"\n',
     "tests/README.md": README.format("tests")},
    test_file("void sums(int a) {\n  EXPECT_EQ(a, 1);\n}\n\nTEST(A, Sums) {\n  sums(1);\n}\n"),
    {"README.md": "# Top level\n[here](docs/a.md#one-two) [top](#top-level)\n",
     "docs/a.md": "## One two\n"},
]


def run(check):
    failures = []
    for rule, files in BROKEN:
        spoken = {r for _, _, r, _ in check(Tree(files))}
        if rule not in spoken:
            failures.append(f"{rule} keeps silent over {sorted(files)}; spoken: {sorted(spoken)}")
    for files in SOUND:
        for path, line, rule, what in check(Tree(files)):
            failures.append(f"{rule} speaks without cause: {path}:{line}: {what}")
    covered = {rule for rule, _ in BROKEN}
    import tidy
    for rule in tidy.RULES:
        if rule.__name__.replace("_", "-") not in covered:
            failures.append(f"{rule.__name__} has no tree that breaks it")
    for failure in failures:
        print(failure)
    print(f"tidy self-test: {len(BROKEN)} broken trees, {len(SOUND)} sound, "
          f"{len(failures)} failures")
    return 1 if failures else 0
