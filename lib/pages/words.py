#!/usr/bin/env python3
"""words.py - the words of the program (words.txt) as C, run by the build: `words.py header|table|check WORDS [OUT]`;
`words.py find SENTENCE`, for who asks where a printed sentence stands and which code says it; and `words.py options`, which
names messages of the library that name an option of the program.

header: behov/word.h, the enumeration of the words, and SAY_KEY for each message (the word and its English format, so
that the compiler checks the values of a call) and PHRASE_KEY for one without values (a text to stand in another).
table: word_table.c, the texts; page_table: the same with the texts of --help empty, for a program that nobody asks for it,
and each key listed in the file KEYS, which it does not say, as its own text.
A fault of the file is reported as FILE:LINE, and nothing is written."""
import os
import re
import sys

CONVERSION = re.compile(r"%(?:(\d+)\$)?([-+ #0']*)(\*|\d*)(?:\.(\*|\d*))?(hh|h|ll|l|z|j|t)?([A-Za-z%])")
LOOSE = re.compile(r"%[zl.*0-9]*[sdiuzlc]|&[PN]")  # of a text of a page, where "90 %" stands too
NAME = re.compile(r"\{([a-z0-9_]+)\}")
LANGUAGES = ("nb", "en")


class Fault(Exception):
    """What is wrong with a line of the file."""

    def __init__(self, line, text):
        super().__init__(text)
        self.line = line


class Word:
    """A block of the file."""

    def __init__(self, key, line, is_message):
        self.key, self.line, self.is_message = key, line, is_message
        self.texts = {}
        self.identifier = re.sub(r"[^A-Za-z0-9]+", "_", key.replace("@", "_of_")).strip("_").upper()
        if re.search(r"[^A-Za-z0-9_@]", key):  # a term of a model: "(Intercept)"
            self.identifier = "TERM_" + self.identifier


def unescape(text, line):
    parts = re.split(r"(\\.?)", text)
    for i in range(1, len(parts), 2):
        if parts[i] not in ("\\n", "\\\\"):
            raise Fault(line, "the only escapes are \\n and \\\\, not " + parts[i])
        parts[i] = "\n" if parts[i] == "\\n" else "\\"
    return "".join(parts)


def conversions_of_message(text, line):
    """Position of the value -> what it is; how wide it may be is the matter of a language."""
    found, next_value, rest = {}, 1, text
    has_position = None
    for match in CONVERSION.finditer(text):
        position, flags, width, precision, length, kind = match.groups()
        rest = rest.replace(match.group(0), "", 1)
        if kind == "%":
            continue
        if kind not in "diuxXcs":
            raise Fault(line, "no value of a message may be written with " + match.group(0))
        if has_position is not None and has_position != bool(position):
            raise Fault(line, "values with a position (%1$s) and without do not mix: " + match.group(0))
        has_position = bool(position)
        if "*" in (width, precision) and position:
            raise Fault(line, "a value with a position cannot have * in it: " + match.group(0))
        place = int(position) if position else next_value
        next_value = place + 1
        shape = (length or "", kind)
        if found.setdefault(place, shape) != shape:
            raise Fault(line, "a value is written in two ways: " + match.group(0))
    if "%" in rest:
        raise Fault(line, "a % that converts nothing; write %%: " + text)
    return found


def check_word(word):
    for language in LANGUAGES:
        if language not in word.texts:
            raise Fault(word.line, 'the word "%s" has no text in %s' % (word.key, language))
    (nb, nb_line), (en, en_line) = word.texts["nb"], word.texts["en"]
    if sorted(set(NAME.findall(nb))) != sorted(set(NAME.findall(en))):
        raise Fault(en_line, 'the word "%s" has other {names} in nb than in en' % word.key)
    if word.is_message:
        in_nb, in_en = conversions_of_message(nb, nb_line), conversions_of_message(en, en_line)
        if "$" in "".join(match.group(0) for match in CONVERSION.finditer(en)):
            raise Fault(en_line, "positions are for nb alone: the English format orders the values")
        if in_nb != in_en:
            raise Fault(nb_line, 'the word "%s" has other conversions in nb than in en' % word.key)
    elif LOOSE.findall(nb) != LOOSE.findall(en):
        raise Fault(nb_line, 'the word "%s" has other conversions in nb than in en' % word.key)


def read_lines(lines):
    """The words of numbered lines."""
    words, word = [], None
    for number, raw in lines:
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Fault(number, "bytes that are no UTF-8") from None
        line = line[:-1] if line.endswith("\n") else line
        line = line[:-1] if line.endswith("\r") else line
        if not line or line.startswith("#"):
            continue
        if "\0" in line or "\r" in line:
            raise Fault(number, "a control character")
        start, _, text = line.partition(" ")
        if start in LANGUAGES:
            if word is None:
                raise Fault(number, "a text before any key")
            if start in word.texts:
                raise Fault(number, 'the word "%s" has two texts in %s' % (word.key, start))
            if not text.strip():
                raise Fault(number, 'the word "%s" has an empty text in %s' % (word.key, start))
            word.texts[start] = (unescape(text, number), number)
        elif text not in ("", "message"):
            raise Fault(number, 'a line is "KEY", "KEY message", "nb TEXT", "en TEXT", "# COMMENT" or empty, not "%s"' % line)
        else:
            word = Word(start, number, text == "message")
            if not re.search("[A-Za-z0-9]", start):
                raise Fault(number, 'no identifier can be made of the key "%s"' % start)
            words.append(word)
    return words


def read_words(path):
    with open(path, "rb") as file:
        words = read_lines(enumerate(file, 1))
    seen, identifiers = {}, {}
    for word in words:
        if word.key in seen:
            raise Fault(word.line, 'the key "%s" stands in line %d too' % (word.key, seen[word.key]))
        other = identifiers.get(word.identifier)
        if other:
            raise Fault(word.line, 'the keys "%s" and "%s" have the same identifier' % (other, word.key))
        seen[word.key], identifiers[word.identifier] = word.line, word.key
        check_word(word)
    return sorted(words, key=lambda word: word.key.encode())


def c_string(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("??", "?\\?")
    return '"' + escaped + '"'


def values_of(word):
    return CONVERSION.search(word.texts["en"][0].replace("%%", ""))


def phrase(number, text):
    """A phrase without values as a literal (phrase.h)."""
    return '"\\002%d\\037" %s "\\003"' % (number, c_string(text.replace("%%", "%")))


def write_header(words):
    out = ["/* word.h - the words of the program: made by lib/pages/words.py from lib/pages/words.txt. */",
           "#ifndef BEHOV_WORD_H", "#define BEHOV_WORD_H", "", "/// A word, sentence or message that users read.",
           "typedef enum behov_word {", "    BEHOV_NO_WORD = 0,"]
    out += ["    BEHOV_WORD_%s," % word.identifier for word in words]
    out += ["    BEHOV_N_WORDS", "} behov_word;", ""]
    out += ["#define SAY_%s BEHOV_WORD_%s, %s" % (word.identifier, word.identifier, c_string(word.texts["en"][0]))
            for word in words if word.is_message]
    out += ["#define PHRASE_%s %s" % (word.identifier, phrase(number, word.texts["en"][0]))
            for number, word in enumerate(words, 1) if word.is_message and not values_of(word)]
    return "\n".join(out + ["", "#endif", ""])


def write_page_table(words):
    with open(sys.argv[4], encoding="utf-8") as file:
        unsaid = set(file.read().split())
    for word in words:
        if word.key.startswith("help_"):
            word.texts = {lang: [""] for lang in LANGUAGES}
        elif word.key in unsaid:
            word.texts = {lang: [word.key] for lang in LANGUAGES}
    return write_table(words)


def write_table(words):
    identifiers = {word.key: "BEHOV_WORD_" + word.identifier for word in words}

    def other(word, ending):
        return identifiers.get(word.key + ending, "BEHOV_NO_WORD")

    out = ["/* word_table.c - the texts of the words: made by lib/pages/words.py from lib/pages/words.txt. */",
           '#include "word_table.h"', "", "const behov_word_entry behov_word_table[BEHOV_N_WORDS] = {",
           '    [BEHOV_NO_WORD] = {"", {"", ""}, BEHOV_NO_WORD, BEHOV_NO_WORD, BEHOV_NO_WORD, BEHOV_NO_WORD, false},']
    out += ["    [BEHOV_WORD_%s] = {%s, {%s, %s}, %s, %s, %s, %s, %s}," %
            (word.identifier, c_string(word.key), c_string(word.texts["nb"][0]), c_string(word.texts["en"][0]),
             other(word, "@file"), other(word, "_other"), other(word, "@cli"), other(word, "_one"),
              "true" if word.is_message else "false") for word in words]
    return "\n".join(out + ["};", ""])


def pattern_of(text, is_message):
    """A text with anything in the place of its names and values."""
    text = re.sub(r"%%", "%", text) if is_message else text
    holes = r"\{[a-z0-9_]+\}|&[PN]" + (r"|" + CONVERSION.pattern if is_message else r"|%[zl.*0-9]*[sdiuzlc]")
    parts, end = [], 0
    for match in re.finditer(holes, text):
        parts.append(re.escape(text[end:match.start()]))
        end = match.end()
    parts.append(re.escape(text[end:]))
    return parts


def find(sentence):
    """Prints the words that a sentence, or a part of one, may be made of, with the places in the code that name them."""
    folder = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(folder))
    words = read_words(os.path.join(folder, "words.txt"))
    found = []
    for word in words:
        for text, line in word.texts.values():
            parts = pattern_of(text, word.is_message)
            letters = sum(character.isalpha() for character in "".join(parts))
            if sentence in text or letters >= 12 and re.search(".+?".join(parts), sentence, re.DOTALL):
                found.append((word, line))
                break
    sources = [os.path.join(folder, name) for top in ("lib", "cli") for folder, _, names in os.walk(os.path.join(root, top))
               for name in sorted(names) if name.endswith((".c", ".h"))]
    for word, line in found:
        print("lib/pages/words.txt:%d: %s" % (line, word.key))
        base = re.sub(r"(@file|@cli|_other|_one)$", "", word.key)
        identifier = Word(base, line, word.is_message).identifier
        names = re.compile(r'\b(?:BEHOV_WORD|SAY|PHRASE)_%s\b|\b(?:HELP|ARGUMENT|VERB_WORDS)\(%s\)|"%s"' % (
            identifier, re.sub("^(HELP|ARGUMENT)_|_(USAGE|SUMMARY|DETAILS)$", "", identifier), re.escape(base)))
        for source in sources:
            with open(source, encoding="utf-8") as file:
                for number, code in enumerate(file, 1):
                    if names.search(code):
                        print("    %s:%d: %s" % (os.path.relpath(source, root), number, code.strip()))
    if not found:
        sys.exit("no word of lib/pages/words.txt has this text; give a part of it without names and figures")


OPTION = re.compile(r"(?<![-<!\w])--[a-z][a-z-]+")


def options():
    """Messages of the library that name an option, which it does not know: those are KEY@cli."""
    folder = os.path.dirname(os.path.abspath(__file__))
    words, code = read_words(os.path.join(folder, "words.txt")), ""
    for folder, _, names in os.walk(os.path.dirname(folder)):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    code += re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read(), flags=re.DOTALL)
    said = set(re.findall(r"\b(?:SAY|PHRASE)_([A-Z0-9_]+)", code))
    found = ["lib/pages/words.txt:%d: %s" % (word.line, word.key) for word in words
             if word.is_message and word.identifier in said and any(OPTION.search(text) for text, _ in word.texts.values())]
    found += ["a text of the code: " + text for text in re.findall(r'"(--[a-z][a-z-]+)"', code) if text != "--stars"]
    print("\n".join(found) or "no message of the library names an option")
    sys.exit(len(found) > 0)


def main():
    if len(sys.argv) == 2 and sys.argv[1] == "options":
        return options()
    if len(sys.argv) == 3 and sys.argv[1] == "find":
        return find(sys.argv[2])
    writers = {"header": write_header, "table": write_table, "page_table": write_page_table, "check": None}
    n_arguments = (5,) if sys.argv[1:2] == ["page_table"] else (3, 4)
    if len(sys.argv) not in n_arguments or sys.argv[1] not in writers:
        sys.exit("usage: words.py header|table|page_table|check WORDS [OUT [KEYS]], or words.py find SENTENCE")
    path = sys.argv[2]
    try:
        words = read_words(path)
    except Fault as fault:
        sys.exit("%s:%d: %s" % (path, fault.line, fault))
    except OSError as error:
        sys.exit("%s: %s" % (path, error.strerror))
    if sys.argv[1] == "check":
        print("%d words, %d messages" % (len(words), sum(word.is_message for word in words)))
        return
    text = writers[sys.argv[1]](words)
    out = sys.argv[3]
    if os.path.exists(out):
        with open(out, encoding="utf-8") as file:
            if file.read() == text:
                return
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    main()
