"""docs/rules.md: the page of the law, made of docs/rules.toml and config/parameters.toml.

  rules_page.py ROOT       writes the page
"""
import re
import sys
import tomllib

TABLE, LAW, PAGE = "docs/rules.toml", "config/parameters.toml", "docs/rules.md"

HEAD = """# The rules of the law

Made of [rules.toml](rules.toml) and [parameters.toml](../config/parameters.toml) by `./dev rules-page`; not
written by hand. Regulations are those of SI 2012/2677 where nothing else is said. `income-gateway rules
show` prints what is in force on a day, `rules check` and `rules diff` look at a changed file, `rules test`
runs your own examples.
"""


def rules(text):
    return tomllib.loads(text).get("rule", [])


def rows(text):
    return tomllib.loads(text).get("parameter", [])


def shown(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    return str(value)


def cell(text):
    return str(text).replace("|", "\\|")


def table(header, lines):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for line in lines:
        yield "| " + " | ".join(cell(one) for one in line) + " |"


def linked(path):
    return f"[{path}](../{path})"


def page(table_text, law_text):
    """The whole page as text."""
    out = [HEAD, "## Rules", ""]
    for rule in rules(table_text):
        out += [f"### {rule['id']} {rule['title']}", "",
                f"{rule['citation']}. **When:** {rule['when']} **What:** {rule['what']}", "",
                "Code: " + ", ".join(linked(path) for path in rule["code"]) + ". Tests: "
                + ", ".join(f"`{suite}`" for suite in rule["tests"]) + "."]
        if rule.get("parameters"):
            out.append("Parameters: " + ", ".join(f"`{name}`" for name in rule["parameters"])
                       + ".")
        out.append("")
    law = rows(law_text)
    out += ["## Open questions", "",
            "Where the law can be read two ways. A recorded choice is refused with any other value.",
            ""]
    asked = sorted((row for row in law if "question" in row), key=lambda row: row["question"])
    out += table(["Question", "Parameter", "Reading taken", "Other reading", "Why"],
                 [(row["question"], f"`{row['name']}`", shown(row["value"]), row["other"],
                   row.get("note", "")) for row in asked])
    out += ["", "## Parameters", ""]
    out += table(["Name", "Where", "From", "Until", "Value", "Unit", "Citation", "Status"],
                 [(f"`{row['name']}`", row.get("jurisdiction", "GB NI"), row["from"],
                   row.get("until", ""), shown(row["value"]), row["unit"], row["citation"],
                   row["status"]) for row in law])
    return "\n".join(out) + "\n"


def rules_page_is_fresh(tree):
    """docs/rules.md is what its two sources make, and its sources name what there is."""
    if TABLE not in tree.files or LAW not in tree.files:
        return
    made = page(tree.text(TABLE), tree.text(LAW))
    if PAGE not in tree.files or tree.text(PAGE) != made:
        yield PAGE, 1, "the page is stale: run ./dev rules-page"
    names = {row["name"] for row in rows(tree.text(LAW))}
    suites = set()
    for path in tree.files:
        if path.startswith("tests/") and path.endswith(".cpp"):
            suites |= set(re.findall(r"^(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP)\((\w+),",
                                     tree.text(path), re.MULTILINE))
    asked = set()
    for rule in rules(tree.text(TABLE)):
        asked |= set(rule.get("parameters", []))
        for path in rule["code"]:
            if path not in tree.files:
                yield TABLE, 1, f"{rule['id']}: no such file: {path}"
        for suite in rule["tests"]:
            if suite not in suites:
                yield TABLE, 1, f"{rule['id']}: no such suite: {suite}"
    for name in sorted(asked - names):
        yield TABLE, 1, f"no such parameter: {name}"
    for name in sorted(names - asked):
        yield TABLE, 1, f"no rule asks {name}"


RULES = [rules_page_is_fresh]


def main():
    root = sys.argv[1]
    texts = []
    for name in (TABLE, LAW):
        with open(f"{root}/{name}", encoding="utf-8") as file:
            texts.append(file.read())
    with open(f"{root}/{PAGE}", "w", encoding="utf-8") as file:
        file.write(page(*texts))


if __name__ == "__main__":
    main()
