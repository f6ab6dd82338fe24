#!/usr/bin/env python3
"""Judges the coverage of core: coverage.py ROOT BUILD_DIR, after coverage.sh has exported it there.

The folders of STRICT must be covered whole, lines and branches; MC/DC to MCDC_LEAST percent, and
each pair that is missing is explained in mcdc_explained.txt. What cannot be reached by design is
left out and listed: lines with IG_UNREACHABLE, the failing side of require(), and what the compiler
writes itself where `= default;` asks for it: llvm-cov works out the counts of such a comparison by
subtraction, which can come to 0 or below. A line with a closing brace alone is not ours to cover.
"""
import collections
import glob
import json
import os
import re
import sys

STRICT = ("core/rules/", "core/rates/", "core/values/")
MCDC_LEAST = 95.0
LINES_LEAST = 85.0
EXPLAINED = "tests/support/mcdc_explained.txt"
DEFAULTED = "written by the compiler (= default)"


class Source:
    """A file's text, and which of its lines are left out and why."""

    def __init__(self, root, path):
        with open(os.path.join(root, path), encoding="utf-8") as file:
            self.lines = file.read().split("\n")
        self.left_out = {}
        self.switches = {}
        for first, text in enumerate(self.lines, 1):
            code = text.split("//")[0]
            if code.rstrip().endswith("= default;"):
                self.mark(first, DEFAULTED)
            elif re.search(r"\bIG_UNREACHABLE\(", code):
                self.mark(first, "IG_UNREACHABLE")
                self.mark_switch_before(first)
            elif re.search(r"\brequire\(", code):
                self.mark(first, "failing side of require")

    def mark(self, first, why):
        """From `first` to the end of its statement."""
        for line in range(first, len(self.lines) + 1):
            self.left_out[line] = why
            if ";" in self.lines[line - 1]:
                return

    def mark_switch_before(self, line):
        """The switch that ends above an IG_UNREACHABLE: no value misses its cases."""
        indent = re.match(r" *", self.lines[line - 1]).group(0)
        for above in range(line - 1, 0, -1):
            text = self.lines[above - 1]
            if text.startswith(indent + "switch ("):
                self.switches[above] = line
                return
            if text[:1] not in (" ", ""):
                return

    def is_code(self, line):
        return self.lines[line - 1].strip() not in ("}", "};")

    def is_ours(self, line):
        return self.left_out.get(line) != DEFAULTED

    def text(self, line, column, end_line, end_column):
        if line == end_line:
            cut = self.lines[line - 1][column - 1:end_column - 1]
        else:
            cut = " ".join([self.lines[line - 1][column - 1:]] + self.lines[line:end_line - 1] +
                           [self.lines[end_line - 1][:end_column - 1]])
        return " ".join(cut.split())


def exports(build, ending):
    """The exports of all programs. Each holds the counts of the whole run for what it can see."""
    for path in sorted(glob.glob(os.path.join(build, "coverage", "*" + ending))):
        with open(path, encoding="utf-8") as file:
            yield file.read()


def read_lines(root, build):
    """{path: {line: count}}"""
    out = collections.defaultdict(dict)
    path = None
    for export in exports(build, ".lcov"):
        for text in export.split("\n"):
            if text.startswith("SF:"):
                path = os.path.relpath(text[3:].strip(), root)
            elif text.startswith("DA:"):
                line, count = (int(part) for part in text[3:].split(",")[:2])
                out[path][line] = max(out[path].get(line, 0), count)
    return out


def read_decisions(root, build):
    """({path: {region: [true, false]}}, {path: {region: [covered...]}}), instances as one."""
    branches = collections.defaultdict(dict)
    mcdc = collections.defaultdict(dict)
    for export in exports(build, ".json"):
        for entry in json.loads(export)["data"][0]["files"]:
            path = os.path.relpath(entry["filename"], root)
            for branch in entry.get("branches", []):
                seen = branches[path].setdefault(tuple(branch[:4]), [0, 0])
                seen[0] = max(seen[0], branch[4])
                seen[1] = max(seen[1], branch[5])
            for record in entry.get("mcdc_records", []):
                conditions = next(part for part in record[4:] if isinstance(part, list))
                seen = mcdc[path].setdefault(tuple(record[:4]), [False] * len(conditions))
                mcdc[path][tuple(record[:4])] = [a or b for a, b in zip(seen, conditions)]
    return branches, mcdc


def read_explained(root):
    """{(path, decision, condition): line number}: `path :: decision :: C2 :: why`."""
    out = {}
    with open(os.path.join(root, EXPLAINED), encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            if not text.strip() or text.startswith("#"):
                continue
            parts = [part.strip() for part in text.split(" :: ")]
            if len(parts) != 4 or not parts[3]:
                sys.exit(f"{EXPLAINED}:{number}: a line is path :: decision :: C1 :: why")
            out[tuple(parts[:3])] = number
    return out


class Total:
    def __init__(self):
        self.hit = 0
        self.all = 0

    def add(self, hit):
        self.all += 1
        self.hit += 1 if hit else 0

    @property
    def percent(self):
        return 100.0 * self.hit / self.all if self.all else 100.0

    def __str__(self):
        return f"{self.percent:.2f} % ({self.hit} of {self.all})"


class Report:
    def __init__(self, root, build):
        self.root = root
        self.lines = read_lines(root, build)
        self.branches, self.mcdc = read_decisions(root, build)
        self.explained = read_explained(root)
        self.left_out = collections.OrderedDict()
        self.gaps = []
        self.pairs = []
        self.unused = set(self.explained)

    def leave_out(self, path, line, why):
        self.left_out[(path, line)] = why

    def folder(self, folder):
        """The totals of the files below one folder; what is missing goes to gaps and pairs."""
        totals = Total(), Total(), Total()
        for path in sorted(p for p in self.lines if p.startswith(folder)):
            source = Source(self.root, path)
            self.add_lines(path, source, totals[0])
            self.add_branches(path, source, totals[1])
            self.add_mcdc(path, source, totals[2])
        return totals

    def add_lines(self, path, source, total):
        for line, count in sorted(self.lines[path].items()):
            why = source.left_out.get(line)
            if count == 0 and (why or not source.is_code(line)):
                if why:
                    self.leave_out(path, line, why)
                continue
            total.add(count > 0)
            if count == 0:
                self.gaps.append(f"{path}:{line}: line not reached: "
                                 f"{source.lines[line - 1].strip()}")

    def add_branches(self, path, source, total):
        for region, counts in sorted(self.branches[path].items()):
            if not source.is_ours(region[0]):
                continue
            for side, count in zip(("true", "false"), counts):
                why = source.left_out.get(region[0])
                if count == 0 and why:
                    self.leave_out(path, region[0], why)
                    continue
                if count == 0 and side == "true" and region[0] in source.switches:
                    self.leave_out(path, source.switches[region[0]], "IG_UNREACHABLE")
                    continue
                total.add(count > 0)
                if count == 0:
                    self.gaps.append(f"{path}:{region[0]}:{region[1]}: never {side}: "
                                     f"{source.text(*region)}")

    def add_mcdc(self, path, source, total):
        for region, conditions in sorted(self.mcdc[path].items()):
            decision = source.text(*region)
            for index, covered in enumerate(conditions, 1):
                why = source.left_out.get(region[0])
                if not covered and why:
                    self.leave_out(path, region[0], why)
                    continue
                total.add(covered)
                if covered:
                    continue
                key = (path, decision, f"C{index}")
                self.unused.discard(key)
                told = key in self.explained
                self.pairs.append((told, f"{path}:{region[0]}: {' :: '.join(key[1:])}"))


def main(root, build):
    root = os.path.abspath(root)
    report = Report(root, build)
    failures = []
    for folder in STRICT:
        lines, branches, mcdc = report.folder(folder)
        if not lines.all:
            continue
        print(f"coverage of {folder[:-1]}: lines {lines}, branches {branches}, MC/DC {mcdc}")
        if mcdc.percent < MCDC_LEAST:
            failures.append(f"MC/DC of {folder[:-1]} is below {MCDC_LEAST:.0f} %")
    total = Total()
    with open(os.path.join(build, "coverage", "files.txt"), "w", encoding="utf-8") as table:
        for path, lines in sorted(report.lines.items()):
            own = Total()
            for count in lines.values():
                total.add(count > 0)
                own.add(count > 0)
            table.write(f"{path:44} {own}\n")
    print(f"coverage of core: lines {total}")
    if total.percent < LINES_LEAST:
        failures.append(f"lines of core are covered to less than {LINES_LEAST:.0f} %")
    print(f"left out: {len(report.left_out)}")
    for (path, line), why in report.left_out.items():
        print(f"  {path}:{line}: {why}")
    told = [text for known, text in report.pairs if known]
    print(f"MC/DC pairs missing and explained in {EXPLAINED}: {len(told)}")
    for text in told:
        print(f"  {text}")
    failures += report.gaps
    failures += [f"{text}: no pair, and no explanation" for known, text in report.pairs
                 if not known]
    failures += [f"{EXPLAINED}:{report.explained[key]}: explains what is not missing"
                 for key in sorted(report.unused)]
    for text in failures:
        print(f"coverage: {text}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
