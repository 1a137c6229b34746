"""How hard a sentence is to read, by Flesch and Kincaid.

Kincaid et al., Derivation of New Readability Formulas, 1975: the grade of an American school in
which it is understood. Counting syllables by vowels is a little too strict for English.
"""

import re

_SILENT = re.compile(r"(?<=[^aeiouyl])(?:es?|ed)$|(?<=[aeiouy])(?:ed)$")
_NAMES = re.compile(r"“[^”]*”|…|\d[\d.,:]*")


def grade(sentence):
    words = re.findall(r"[a-z]+(?:’[a-z]+)?", sentence.lower())
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) + 11.8 * syllables / len(words) - 15.59


def sentences(text):
    """The sentences of a text, without names and numbers, which are not ours."""
    parts = re.split(r"[.?!:;]+(?:\s|$)", _NAMES.sub("x", text))
    return [part.strip() for part in parts if re.search(r"[A-Za-z]{2}", part)]


def _syllables(word):
    counted = _SILENT.sub("", word.removesuffix("’t")) or word
    return max(1, len(re.findall(r"[aeiouy]+", counted)))
