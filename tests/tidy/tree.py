"""The files of the repository as the rules see them."""
import re

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')


def without_comments_and_strings(text):
    """The code with comments, string and character literals blanked; every line keeps its place."""
    out = []
    at = 0
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"([^()\\ ]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
        r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'", re.S)
    for found in pattern.finditer(text):
        out.append(text[at:found.start()])
        whole = found.group(0)
        keep = '""' if whole[0] in '"R' else ""
        out.append(keep + "\n" * whole.count("\n"))
        at = found.end()
    out.append(text[at:])
    return "".join(out)


class Tree:
    def __init__(self, files):
        self.files = {p: b.encode() if isinstance(b, str) else b for p, b in files.items()}
        self._text = {}
        self._code = {}

    def text(self, path):
        if path not in self._text:
            self._text[path] = self.files[path].decode("utf-8", "replace")
        return self._text[path]

    def lines(self, path):
        return list(enumerate(self.text(path).split("\n"), 1))

    def code(self, path):
        if path not in self._code:
            self._code[path] = without_comments_and_strings(self.text(path))
        return self._code[path]

    def code_lines(self, path):
        return list(enumerate(self.code(path).split("\n"), 1))

    def sources(self, *folders):
        """C++ files, under the given folders when some are given."""
        return [p for p in self.files
                if p.endswith((".hpp", ".cpp")) and (not folders or p.startswith(folders))]

    def named(self, *ends):
        return [p for p in self.files if p.endswith(ends)]

    def includes(self, path):
        """(line, quoted, name) of each include."""
        out = []
        for number, line in self.lines(path):
            found = INCLUDE.match(line)
            if found:
                out.append((number, found.group(1) == '"', found.group(2)))
        return out

    def reaches(self, path, seen=None):
        """Every header a file includes, directly or through our own headers."""
        seen = set() if seen is None else seen
        for _, _, name in self.includes(path):
            if name not in seen:
                seen.add(name)
                if name in self.files:
                    self.reaches(name, seen)
        return seen


def folder(path):
    return path.rsplit("/", 1)[0] if "/" in path else ""


def line_of(text, at):
    return text.count("\n", 0, at) + 1
