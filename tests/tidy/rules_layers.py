"""Who may include whom: design.md section 3."""
import re

from tree import folder

MODULE = re.compile(r"^\s*ig_module\(\s*(\w+)\s+(\S+)([^)]*)\)", re.M)

# Where each third-party library may be seen, outside tests. fmt may be seen everywhere.
LIBRARIES = {
    "boost/": ("adapters/http",),
    "openssl/": ("adapters/http", "adapters/wire/crypto"),
    "libxml/": ("adapters/wire/xml",),
    "zlib.h": ("adapters/wire/compress",),
    "zstd.h": ("adapters/wire/compress",),
    "sqlite3.h": ("adapters/store/sqlite",),
    "simdjson.h": ("adapters/wire/json",),
    "nlohmann/": ("adapters/sandbox",),
    "date/tz.h": ("adapters/wire/zone",),
    "toml++/": ("adapters/cli", "adapters/formats"),
    "CLI/": ("adapters/cli",),
}

# What the core may not even take from the standard library: I/O, clock, chance, locale, threads.
NOT_IN_CORE = {"fstream", "iostream", "filesystem", "thread", "random", "regex", "locale", "ctime",
               "cstdio", "cmath", "mutex", "condition_variable", "future", "time.h", "stdio.h"}

# Ports that need nothing above core/base, so that a pure stage may be handed one.
SMALL_PORTS = {"core/ports/digest.hpp"}

SHARED_ADAPTERS = ("adapters/http", "adapters/wire/", "adapters/formats")

# The sandbox plays HMRC and a case system: it has to be wrong on its own, not with us.
NOT_IN_SANDBOX = ("adapters/formats", "adapters/hmrc", "adapters/rti", "adapters/case_system",
                  "adapters/store", "adapters/api", "adapters/cli", "core/rules", "core/ledger",
                  "core/triggers", "core/jobs", "core/delivery")


def under(path, folders):
    return any(path == f or path.startswith(f.rstrip("/") + "/") for f in folders)


def is_third_party(name):
    return "/" in name or name in ("simdjson.h", "sqlite3.h", "zlib.h", "zstd.h", "unistd.h", "fcntl.h", "poll.h")


def core_includes_core_only(tree):
    for path in tree.sources("core/"):
        for line, quoted, name in tree.includes(path):
            if quoted and not name.startswith("core/"):
                yield path, line, f"core includes no other part of the house: {name}"
            elif not quoted and name in NOT_IN_CORE and path != "core/base/require.cpp":
                yield path, line, f"core has no I/O, clock, chance, locale or thread: <{name}>"
            elif not quoted and is_third_party(name) and not name.startswith("fmt/"):
                yield path, line, f"core includes no third-party header but fmt: <{name}>"


def adapters_keep_apart(tree):
    for path in tree.sources("adapters/"):
        here = folder(path)
        if here == "adapters/cli":
            continue
        for line, quoted, name in tree.includes(path):
            if not quoted or not name.startswith("adapters/"):
                continue
            if folder(name) != here and not under(name, SHARED_ADAPTERS):
                yield path, line, f"an adapter includes no other adapter; only cli joins: {name}"


def technical_codecs_know_no_business(tree):
    for path in tree.sources("adapters/wire/"):
        for line, _, name in tree.includes(path):
            if name.startswith(("core/facts", "core/ledger", "core/rules", "core/triggers",
                                "adapters/formats", "adapters/http")):
                yield path, line, f"wire has no business names: {name}"


def sandbox_stands_alone(tree):
    for path in tree.sources("adapters/sandbox/"):
        for line, quoted, name in tree.includes(path):
            if quoted and under(name, NOT_IN_SANDBOX):
                yield path, line, f"the sandbox shares http and wire with the gateway, not {name}"


def libraries_stay_home(tree):
    for path in tree.sources("adapters/"):
        for line, quoted, name in tree.includes(path):
            for library, homes in LIBRARIES.items():
                if not quoted and name.startswith(library) and not under(path, homes):
                    yield path, line, f"<{name}> belongs to {', '.join(homes)}"


def modules(tree):
    """target -> (folder, linked targets), from the two lists of modules."""
    out = {}
    for listing in ("core/CMakeLists.txt", "adapters/CMakeLists.txt"):
        if listing in tree.files:
            for target, home, links in MODULE.findall(tree.text(listing)):
                out[target] = (home, links.split())
    return out


def links_of(target, known, seen):
    for link in known.get(target, ("", []))[1]:
        if link in known and link not in seen:
            seen.add(link)
            links_of(link, known, seen)
    return seen


def includes_follow_links(tree):
    """A folder includes only folders its target links, so that headers obey the layers too."""
    known = modules(tree)
    allowed = {home: {home} | {known[t][0] for t in links_of(target, known, set())}
               for target, (home, _) in known.items()}
    for path in tree.sources("core/", "adapters/"):
        here = folder(path)
        if here not in allowed:
            continue
        for line, quoted, name in tree.includes(path):
            if quoted and folder(name) not in allowed[here] and name not in SMALL_PORTS:
                yield path, line, f"{here} does not link {folder(name)} (CMakeLists.txt)"


def rates_are_for_tests(tree):
    """The gateway never works out what is paid: only rule tests may reach core/rates."""
    for path in tree.sources("core/", "adapters/"):
        for line, quoted, name in tree.includes(path):
            if quoted and folder(name) == "core/rates" and folder(path) != "core/rates":
                yield path, line, f"only tests include {name}"
    for target, (home, links) in modules(tree).items():
        if "core_rates" in links:
            yield home, 1, f"{target} links core_rates, which is for tests"


def heavy_headers_are_few(tree):
    beast = []
    openssl = []
    for path in tree.sources("core/", "adapters/"):
        if not path.endswith(".cpp"):
            continue
        seen = tree.reaches(path)
        if any(n.startswith("boost/beast") for n in seen):
            beast.append(path)
        elif any(n.startswith(("openssl/", "boost/asio/ssl")) for n in seen):
            openssl.append(path)
    for path in beast[3:]:
        yield path, 1, "Beast's headers are in at most three translation units: " + ", ".join(beast)
    for path in openssl[4:]:
        yield path, 1, "OpenSSL's headers are in at most four more: " + ", ".join(openssl)


RULES = [core_includes_core_only, adapters_keep_apart, technical_codecs_know_no_business,
         sandbox_stands_alone, libraries_stay_home, includes_follow_links, rates_are_for_tests,
         heavy_headers_are_few]
