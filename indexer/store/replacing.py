"""Put an index that was made beside another one into its place."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from indexer.errors import held_open, unwritable
from indexer.store.database import STORE_NAME, change_store
from indexer.store.lasting import keep_names, replace_held
from indexer.store.servers import servers_of
from indexer.store.shared import remove_shared_store, switch_shared_stores
from indexer.store.vectors import remove_stale_vectors
from indexer.store.words import remove_stale_words


def take_place(made: Path, directory: Path, generation: int) -> None:
    """Move the index in `made` into `directory`; it counts as the index of this generation.

    Words and vectors go first, under names that only the new store knows; renaming the store is what counts.

    Raises:
        IndexFault: the directory cannot be written.
    """
    new, old = servers_of(made), servers_of(directory)
    if new is not None and old is not None:
        switch_shared_stores(made, new, directory, old, generation)
        shutil.rmtree(made, ignore_errors=True)
        return
    with change_store(made) as store:
        settings = replace(store.settings(), generation=generation)
        store.write_settings(settings)
    try:
        for path in made.iterdir():
            if path.name != STORE_NAME:
                _move(path, directory / path.name)
        # What the new store names is there for good before it counts.
        keep_names(directory)
        try:
            replace_held(made / STORE_NAME, directory / STORE_NAME)
            keep_names(directory)
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


def _move(path: Path, target: Path) -> None:
    """What a killed process moved before is made way for: no store names it yet."""
    if target.is_dir():
        shutil.rmtree(target)
    replace_held(path, target)
