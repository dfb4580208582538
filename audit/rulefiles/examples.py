"""Examples that stand beside their rule, in `examples/<rule-id>.<language>.yaml` of its pack.

A rule file stays short enough to be read at once; the sets of one language, written by people who speak it, have
files of their own. Only tests, `rules test` and the manual read them: a check never does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.rulefiles.nodes import Faults, read_file
from audit.rulefiles.shape import EXAMPLE_LISTS, Reading, examples_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from audit.rulefiles.nodes import Map
    from audit.rules import Example, Rule

FOLDER = "examples"
_NAME = re.compile(r"(?P<rule>[a-z][a-z0-9-]*)\.(?P<language>[a-z]{2,3})")


def files_of_rule(pack: Path, stem: str) -> tuple[tuple[Path, str], ...]:
    """Return (path, language) of each file of examples that a pack holds for one rule."""
    found = ((path, _NAME.fullmatch(path.stem)) for path in sorted((pack / FOLDER).glob(f"{stem}.*.yaml")))
    return tuple((path, match["language"]) for path, match in found if match and match["rule"] == stem)


def with_examples(rule: Rule, pack: Path, shown: str, faults: list[str]) -> Rule:
    """Return a rule with the examples that its pack holds for it behind its own; what is wrong is added to `faults`."""
    lists = {key: list(getattr(rule, key)) for key in EXAMPLE_LISTS}
    for path, language in files_of_rule(pack, rule.id):
        noted = Faults(path=f"{shown}/{FOLDER}/{path.name}")
        tree = read_file(path, noted)
        for key, found in _lists(tree, noted) if tree is not None else ():
            lists[key] += [replace(example, language=language, path=noted.path) for example in found]
        faults.extend(noted.lines())
    flags, passes, undecided, misses = (tuple(lists[key]) for key in EXAMPLE_LISTS)
    return replace(rule, flags=flags, passes=passes, undecided=undecided, misses=misses)


def strays(pack: Path, shown: str, stems: Iterable[str]) -> Iterator[str]:
    """Yield the files of a pack's folder of examples that belong to no rule."""
    known = set(stems)
    for path in sorted((pack / FOLDER).glob("*")):
        match = _NAME.fullmatch(path.stem) if path.suffix == ".yaml" else None
        if match is None or match["rule"] not in known:
            yield f"{shown}/{FOLDER}/{path.name}: belongs to no rule; name it <rule-id>.<language>.yaml"


def _lists(tree: Map, noted: Faults) -> Iterator[tuple[str, tuple[Example, ...]]]:
    reading = Reading(noted)
    reading.known(tree, EXAMPLE_LISTS)
    for key in EXAMPLE_LISTS:
        yield key, examples_of(tree.get(key), key, reading)
        for item in reading.maps(tree.get(key), key):
            if "language" in item.keys:
                noted.at(item.keys["language"], "the file's name says the language; remove the key")
