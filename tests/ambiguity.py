"""Whether a regular expression can take exponential time: whether a loop in it reads some text in two ways.

Python tries every way to read a text before it gives up. Where one round trip through a loop can read the same
characters in two ways, n of them can be read in 2ⁿ. A loop is turned into an automaton whose states are the
places of its characters; it is ambiguous where two different paths from its beginning back to it read the same text,
which a walk through pairs of states finds. Lookarounds and references are taken to fit anywhere, so that what is found
may be harmless; atomic groups and possessive loops are never read again and count as safe.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Test: TypeAlias = tuple[Any, ...]  # an operation on one character and its argument, as the parser has them
_LONG = 10  # rounds from which a bounded loop is as good as an unbounded one
_UNROLLED = 4  # rounds of a bounded loop inside another that are looked at
_PROBES = (*string.printable, *"的增零一　（，。é\u0301")


@dataclass
class _Machine:
    """Places are numbers; `tests` says what each reads.

    `follow` holds what may be read after a place, and by which way: two ways to the same place are two paths.
    """

    tests: list[Test] = field(default_factory=list)
    follow: list[set[tuple[int, int]]] = field(default_factory=list)
    ways: int = 0
    doubled: bool = False  # some piece may read nothing in two ways

    def join(self, before: Iterable[int], after: Iterable[int]) -> None:
        """Let every place of `after` follow every one of `before`, by a way of its own."""
        self.ways += 1
        after = tuple(after)
        for end in before:
            self.follow[end].update((place, self.ways) for place in after)


@dataclass(frozen=True)
class _Part:
    """A piece of the expression: its first and last places, and whether it may read nothing."""

    first: frozenset[int]
    last: frozenset[int]
    empty: bool


_NOTHING = _Part(frozenset(), frozenset(), True)


def is_exponential(pattern: str, flags: int = 0) -> bool:
    """Whether some loop of the pattern can read a text in two ways, and what follows it may fail."""
    parsed = _parser.parse(pattern, flags)
    return any(_is_ambiguous(body, parsed.state.flags) for body in _loops(parsed, final=False))


def _loops(items: Any, final: bool) -> Iterator[Any]:
    """The bodies of loops that are read again when what follows does not fit.

    `final` says that nothing follows that could fail: the end of an atomic group, or of a possessive loop.
    """
    for number, (operation, argument) in enumerate(items):
        name, last = str(operation), final and number == len(items) - 1
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, body = argument
            if most >= _LONG and not last:
                yield body
            yield from _loops(body, last)
        elif name == "POSSESSIVE_REPEAT":
            yield from _loops(argument[2], final=True)
        elif name == "ATOMIC_GROUP":
            yield from _loops(argument, final=True)
        elif name == "SUBPATTERN":
            yield from _loops(argument[3], last)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _loops(branch, last)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _loops(argument[1], final=True)
        elif name == "GROUPREF_EXISTS":
            for branch in argument[1:]:
                yield from _loops(branch or (), last)


def _is_ambiguous(body: Any, flags: int) -> bool:
    machine = _Machine()
    part = _sequence(machine, body)
    if machine.doubled:
        return True
    machine.join(part.last, part.first)
    alphabet = _alphabet(body)
    known = {test: _read_by(test, alphabet, flags) for test in set(machine.tests)}
    reads = [known[test] for test in machine.tests]
    # Characters that the same places read are one.
    readers: dict[str, list[int]] = {}
    for place, characters in enumerate(reads):
        for character in characters:
            readers.setdefault(character, []).append(place)
    kinds = {tuple(places): character for character, places in readers.items()}
    chosen = frozenset(kinds.values())
    after = [_by_character(ways, reads, chosen) for ways in machine.follow]
    # From the beginning of the loop two readers walk; `apart` says that they have parted.
    begin = _by_character({(place, 0) for place in part.first}, reads, chosen)
    waiting = [(p, q, p != q) for ones in begin.values() for p, _ in ones for q, _ in ones]
    seen = set(waiting)
    while waiting:
        one, other, apart = waiting.pop()
        if apart and one in part.last and other in part.last:
            return True
        for character in after[one].keys() & after[other].keys():
            for p, way in after[one][character]:
                for q, other_way in after[other][character]:
                    step = (p, q, apart or (p, way) != (q, other_way))
                    if step not in seen:
                        seen.add(step)
                        waiting.append(step)
    return False


def _by_character(
    ways: set[tuple[int, int]], reads: list[frozenset[str]], chosen: frozenset[str]
) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for place, way in ways:
        for character in reads[place] & chosen:
            found.setdefault(character, []).append((place, way))
    return found


def _read_by(test: Test, alphabet: set[str], flags: int) -> frozenset[str]:
    name, argument = test
    if name == "LITERAL":
        return frozenset(chr(argument))
    return frozenset(character for character in alphabet if _fits(test, character, flags))


def _sequence(machine: _Machine, items: Iterable[Any]) -> _Part:
    whole = _NOTHING
    for operation, argument in items:
        whole = _joined(machine, whole, _part(machine, str(operation), argument, (operation, argument)))
    return whole


def _part(machine: _Machine, name: str, argument: Any, test: Test) -> _Part:
    if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "CATEGORY"):
        machine.tests.append((name, tuple(argument) if isinstance(argument, list) else argument))
        machine.follow.append(set())
        place = frozenset([len(machine.tests) - 1])
        return _Part(place, place, False)
    if name == "BRANCH":
        return _either(machine, [_sequence(machine, branch) for branch in argument[1]])
    if name == "SUBPATTERN":
        return _sequence(machine, argument[3])
    if name == "ATOMIC_GROUP":
        return _sequence(machine, argument)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(machine, *argument)
    if name in ("AT", "ASSERT", "ASSERT_NOT", "GROUPREF", "GROUPREF_EXISTS", "FAILURE"):
        return _NOTHING
    raise NotImplementedError(name)


def _repeated(machine: _Machine, least: int, most: int, body: Any) -> _Part:
    whole = _NOTHING
    rounds = _UNROLLED if _UNROLLED < most < _LONG else min(most, _UNROLLED)
    if most >= _LONG:
        rounds = max(1, min(least, _UNROLLED))
    one = _NOTHING
    for number in range(rounds):
        one = _sequence(machine, body)
        # A round that reads nothing is none: Python does not try it twice.
        whole = _joined(machine, whole, one if number < least else _Part(one.first, one.last, True))
    if most >= _LONG:
        machine.join(one.last, one.first)
    return whole


def _joined(machine: _Machine, before: _Part, after: _Part) -> _Part:
    if before.last and after.first:
        machine.join(before.last, after.first)
    return _Part(
        before.first | (after.first if before.empty else frozenset()),
        after.last | (before.last if after.empty else frozenset()),
        before.empty and after.empty,
    )


def _either(machine: _Machine, parts: list[_Part]) -> _Part:
    machine.doubled = machine.doubled or sum(part.empty for part in parts) > 1
    return _Part(
        frozenset().union(*(part.first for part in parts)),
        frozenset().union(*(part.last for part in parts)),
        any(part.empty for part in parts),
    )


def _alphabet(items: Iterable[Any]) -> set[str]:
    """Enough characters to tell every test from the others: all that are named, and some of each kind."""
    found = set(_PROBES)

    def look(value: Any) -> None:
        if isinstance(value, tuple) and len(value) == 2 and str(value[0]) in ("LITERAL", "NOT_LITERAL"):
            found.add(chr(value[1]))
        elif isinstance(value, tuple) and len(value) == 2 and str(value[0]) == "RANGE":
            low, high = value[1]
            found.update({chr(low), chr((low + high) // 2), chr(high)})
        elif isinstance(value, (tuple, list, _parser.SubPattern)):
            for inner in value:
                look(inner)

    look(list(items))
    return found


def _fits(test: Test, character: str, flags: int) -> bool:
    name, argument = test
    code = ord(character)
    if name == "LITERAL":
        return bool(code == argument)
    if name == "NOT_LITERAL":
        return bool(code != argument)
    if name == "ANY":
        return character != "\n" or bool(flags & re.DOTALL)
    if name == "CATEGORY":
        return _in_category(argument, character)
    if name == "RANGE":
        return bool(argument[0] <= code <= argument[1])
    if name == "IN":
        negated = bool(argument) and argument[0][0] is _constants.NEGATE
        return negated != any(
            _fits((str(kind), inner), character, flags) for kind, inner in argument[negated:]
        )
    raise NotImplementedError(name)


def _in_category(category: Any, character: str) -> bool:
    name = str(category).removeprefix("CATEGORY_").removeprefix("UNI_").removeprefix("LOC_")
    kind = name.removeprefix("NOT_")
    holds = {
        "DIGIT": character.isdecimal(),
        "SPACE": character.isspace(),
        "WORD": character.isalnum() or character == "_",
    }[kind]
    return holds != name.startswith("NOT_")
