"""Put an index that was made beside another one into its place."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from indexer.errors import held_open, unwritable
from indexer.store.database import STORE_NAME, change_store, open_store, settle_journal
from indexer.store.locking import changing_alone
from indexer.store.servers import servers_of
from indexer.store.shared import remove_shared_store, switch_shared_stores
from indexer.store.vectors import remove_stale_vectors
from indexer.store.words import remove_stale_words


def take_place(made: Path, directory: Path, expected: int | None) -> bool:
    """Move the index in `made` into `directory`, as its next generation, unless that was changed meanwhile.

    Words and vectors go first, under names that only the new store knows; renaming the store is what counts.

    Args:
        made: an index beside the other one, on the same servers where that is shared.
        directory: the index that answers now.
        expected: the generation of it that the new one replaces; None where it cannot be read.

    Returns:
        False where it is of another generation by now: nothing was done.

    Raises:
        IndexFault: the directory cannot be written.
    """
    new, old = servers_of(made), servers_of(directory)
    if new is not None and old is not None:
        if not switch_shared_stores(made, new, directory, old, expected):
            return False
        shutil.rmtree(made, ignore_errors=True)
        return True
    with changing_alone(directory):
        if expected is not None and _generation(directory) != expected:
            return False
        _move_in(made, directory, (expected or 0) + 1)
    return True


def _generation(directory: Path) -> int:
    with open_store(directory) as store:
        return store.settings().generation


def _move_in(made: Path, directory: Path, generation: int) -> None:
    with change_store(made) as store:
        settings = replace(store.settings(), generation=generation)
        store.write_settings(settings)
    try:
        settle_journal(directory)
        for path in made.iterdir():
            if path.name != STORE_NAME:
                _move(path, directory / path.name)
        try:
            (made / STORE_NAME).replace(directory / STORE_NAME)
        except PermissionError as error:
            raise held_open(directory / STORE_NAME, error) from error
        made.rmdir()
    except OSError as error:
        raise unwritable(directory, error) from error
    remove_stale_vectors(directory, settings.vector_digest)
    remove_stale_words(directory, settings.words)


def remove_index(directory: Path) -> None:
    """Remove an index that was made beside another one, and its folder.

    Raises:
        IndexFault: the servers of a shared index do not answer.
    """
    servers = servers_of(directory)
    if servers is not None:
        remove_shared_store(directory, servers)
        shutil.rmtree(directory, ignore_errors=True)
        return
    with changing_alone(directory):
        shutil.rmtree(directory, ignore_errors=True)


def _move(path: Path, target: Path) -> None:
    """What a killed process moved before is made way for: no store names it yet."""
    if target.is_dir():
        shutil.rmtree(target)
    path.replace(target)
