#!/usr/bin/env python3
"""The rules of the house as a test. Prints `file:line: rule: what is wrong` for each break.

  tidy.py ROOT             checks the tree; exit 1 when a rule is broken
  tidy.py ROOT self-test   checks the rules themselves on small trees that each break one
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rules_code
import rules_layers
import rules_page
import rules_text
import self_test
from tree import Tree

RULES = rules_code.RULES + rules_layers.RULES + rules_page.RULES + rules_text.RULES


def tracked(root):
    """Every file git knows or would take; the whole folder where there is no git."""
    try:
        out = subprocess.run(
            ["git", "-C", root, "ls-files", "-c", "-o", "--exclude-standard", "-z"],
            check=True, capture_output=True).stdout
        names = [n for n in out.decode().split("\0") if n]
    except (OSError, subprocess.CalledProcessError):
        names = []
        for folder, folders, files in os.walk(root):
            folders[:] = [f for f in folders if f not in (".git", "build")]
            names += [os.path.relpath(os.path.join(folder, f), root) for f in files]
    return sorted(n for n in names if os.path.isfile(os.path.join(root, n)))


def read(root):
    files = {}
    for name in tracked(root):
        with open(os.path.join(root, name), "rb") as file:
            files[name] = file.read()
    return Tree(files)


def check(tree):
    broken = []
    for rule in RULES:
        broken += [(path, line, rule.__name__.replace("_", "-"), what)
                   for path, line, what in rule(tree)]
    return sorted(broken)


def main():
    root = sys.argv[1]
    if sys.argv[2:] == ["self-test"]:
        return self_test.run(check)
    tree = read(root)
    broken = check(tree)
    for path, line, rule, what in broken:
        print(f"{path}:{line}: {rule}: {what}")
    print(f"tidy: {len(tree.sources())} sources, {len(RULES)} rules, {len(broken)} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
