"""Writes the word table that the language model is trained on: language, word, frequency; one line a word.

Called by tools/train-language, which fetches the packages: word_table.py FOLDER OUTPUT
Frequencies are relative within a language. Sources and licences: src/language/MODEL.md.
"""

import collections
import random
import re
import sys
from pathlib import Path

import wordfreq

# Languages with frequencies in wordfreq; the large list where there is one.
WORDFREQ = (
    "fi en sv de nb da ru es fr nl it pl pt "
    "ca cs hu is id lv lt ms ro sk sl sh tr vi fil uk bg mk"
).split()
# The 10,000 commonest words in order, without frequencies.
RANKED = {"et": "estonian", "sq": "albanian", "af": "afrikaans", "kk": "kazakh"}
CYRILLIC = {"ru", "uk", "bg", "mk", "kk"}
# Share of the Estonian mass that the dictionary's words get, beside the ranked ones.
DICTIONARY_SHARE = 0.12
FORMS_A_WORD = 2
SEED = 10

latin = re.compile(r"^[a-zà-öø-ÿ\u0100-\u024f\u1e00-\u1eff]+$")
cyrillic = re.compile(r"^[\u0400-\u04ff]+$")


def pieces(word, language):
    """The words inside a token: `don't` is `don` and `t`, as the detector sees it."""
    letters = cyrillic if language in CYRILLIC else latin
    return [piece for piece in re.split(r"['’\-]", word.lower()) if letters.match(piece)]


def share(frequencies):
    total = sum(frequencies.values())
    return {word: frequency / total for word, frequency in frequencies.items()}


def tidy(frequencies, language):
    table = collections.Counter()
    for word, frequency in frequencies.items():
        for piece in pieces(word, language):
            table[piece] += frequency
    return share(table)


def counts(path):
    """`word count` lines."""
    table = collections.Counter()
    for line in path.read_text(encoding="utf8").splitlines():
        word, _, count = line.rpartition(" ")
        table[word] += int(count)
    return table


def ranked(path):
    """Zipf's law with the usual flattening at the top."""
    words = path.read_text(encoding="utf8").split()
    return {word: 1 / (rank + 2.7) for rank, word in enumerate(words)}


def dictionary(folder):
    """The words of the Estonian spelling dictionary and, of each, a few inflected forms."""
    rules = collections.defaultdict(list)
    for line in (folder / "et_EE.aff").read_text(encoding="iso8859-15").splitlines():
        cells = line.split()
        # SFX flag strip suffix condition; clitics (-gi, -ki) are rare in life and legion in the list.
        if len(cells) == 5 and cells[0] == "SFX" and not cells[3].endswith(("gi", "ki")):
            rules[cells[1]].append((cells[2], cells[3], re.compile(cells[4] + "$")))
    chance = random.Random(SEED)
    words = set()
    for line in (folder / "et_EE.dic").read_text(encoding="iso8859-15").splitlines()[1:]:
        word, _, flags = line.partition("/")
        if len(word) < 2 or word[0].isupper():
            continue
        words.add(word)
        forms = []
        for flag in flags:
            for strip, suffix, condition in rules.get(flag, ()):
                if condition.search(word):
                    stem = word if strip == "0" else word[: -len(strip)]
                    forms.append(stem + suffix)
        forms.sort()
        words.update(chance.sample(forms, min(FORMS_A_WORD, len(forms))))
    return words


def main():
    packages, output = Path(sys.argv[1]), Path(sys.argv[2])
    tables = {}
    for language in WORDFREQ:
        tables[language] = tidy(wordfreq.get_frequency_dict(language, "best"), language)
    subtitles = packages / "subtitles" / "da" / "da_full.txt"
    spoken = tidy(counts(subtitles), "da")
    written = tables["da"]
    tables["da"] = share({w: written.get(w, 0) + spoken.get(w, 0) for w in written | spoken})
    for language, name in RANKED.items():
        tables[language] = tidy(ranked(packages / "ranked" / f"{name}.txt"), language)
    known = tables["et"]
    words = {piece for word in dictionary(packages / "hunspell") for piece in pieces(word, "et")}
    rare = words - set(known)
    tables["et"] = share(known | {word: DICTIONARY_SHARE / len(rare) for word in rare})
    with output.open("w", encoding="utf8") as out:
        for language in sorted(tables):
            # By frequency, then by word: the same table on every machine.
            for word, frequency in sorted(tables[language].items(), key=lambda item: (-item[1], item[0])):
                out.write(f"{language}\t{word}\t{frequency:.4e}\n")


main()
