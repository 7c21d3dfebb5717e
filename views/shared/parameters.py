"""What the address of a page says of it, and how that is read and written: filters, order, what is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

Query = dict[str, list[str]]
T = TypeVar("T")
_NONE = "-"  # a choice that was emptied by hand


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that the address says.

    Attributes:
        name: in the address.
        key: under which the session has the value.
        default: what it is where the address says nothing; it is not written.
        read: from the words of the address; a ValueError where they say nothing that there is.
        write: the words for a value.
    """

    name: str
    key: str
    default: Any
    read: Callable[[Sequence[str]], Any]
    write: Callable[[Any], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What an address says: a value for each key, and those of its words that could not be read."""

    values: dict[str, Any]
    faults: tuple[str, ...]


def said_by(query: Mapping[str, Sequence[str]], parameters: Sequence[Parameter]) -> Said:
    """Read an address. What cannot be read is as if it were not there, and told."""
    values: dict[str, Any] = {}
    faults = []
    for one in parameters:
        values[one.key] = one.default
        words = query.get(one.name, ())
        if words:
            try:
                values[one.key] = one.read(words)
            except ValueError:
                faults.append(f"{one.name}={'，'.join(words)}")
    return Said(values, tuple(faults))


def query_of(values: Mapping[str, Any], parameters: Sequence[Parameter]) -> Query:
    """The address for these values, without those that are as they are anyway."""
    query: Query = {}
    for one in parameters:
        value = values.get(one.key, one.default)
        if value != one.default and value is not None:
            words = list(one.write(value))
            if words:
                query[one.name] = words
    return query


def root_of(url: str, pages: Sequence[str]) -> str:
    """The address of the app, without a page, its query or a stroke at the end: http://host/base."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    above, _, last = path.rpartition("/")
    return urlunsplit((parts.scheme, parts.netloc, above if last in pages else path, "", ""))


def linked(root: str, page: str, query: Query) -> str:
    """A link to a page of the app with what its address says."""
    said = urlencode(query, doseq=True)
    return f"{root}/{page}" + (f"?{said}" if said else "")


def text(name: str, key: str) -> Parameter:
    """Words as they were typed."""
    return Parameter(name, key, "", lambda words: words[-1], lambda value: (value,))


def optional(name: str, key: str) -> Parameter:
    """The name of what is opened or chosen, if anything is."""
    return Parameter(name, key, None, lambda words: words[-1], lambda value: (value,))


def one_of(name: str, key: str, options: Mapping[str, T], default: T) -> Parameter:
    """One of the values that have these names in the address."""
    names = {value: word for word, value in options.items()}
    return Parameter(
        name, key, default, lambda words: _named(words[-1], options), lambda value: (names[value],)
    )


def names(name: str, key: str) -> Parameter:
    """Several names, of reports or regions."""
    return Parameter(name, key, [], list, list)


def reports(name: str, key: str) -> Parameter:
    """Names of reports, in one word as in links of a former version: 甲|乙."""

    def read(words: Sequence[str]) -> list[str]:
        return [one for word in words for one in word.split("|") if one]

    return Parameter(name, key, [], read, list)


def several_of(name: str, key: str, options: Mapping[str, T]) -> Parameter:
    """Several of the values that have these names in the address."""
    known = {value: word for word, value in options.items()}
    return Parameter(
        name,
        key,
        [],
        lambda words: [_named(word, options) for word in words],
        lambda values: [known[value] for value in values],
    )


def years(name: str, key: str) -> Parameter:
    """Several years."""
    return Parameter(name, key, [], lambda words: [_year(word) for word in words], _written)


def number(name: str, key: str) -> Parameter:
    """A number, if there is one."""
    return Parameter(name, key, None, lambda words: float(words[-1]), lambda value: (f"{value:g}",))


def flag(name: str, key: str) -> Parameter:
    """Whether something is so."""
    return one_of(name, key, {"1": True}, False)


def changed(one: Parameter) -> Parameter:
    """The same for what is understood of a question and may be changed: None where nobody changed it."""

    def read(words: Sequence[str]) -> Any:
        return [] if list(words) == [_NONE] else one.read(words)

    return Parameter(one.name, one.key, None, read, lambda value: [*one.write(value)] or [_NONE])


def _named(word: str, options: Mapping[str, T]) -> T:
    if word not in options:
        raise ValueError(word)
    return options[word]


def _written(values: Sequence[object]) -> list[str]:
    return [str(value) for value in values]


def _year(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) == 4):
        raise ValueError(word)
    return int(word)
