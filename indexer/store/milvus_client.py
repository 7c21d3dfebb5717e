"""Talking to a server of Milvus: one client for each, faults in our own words, patience while it loads."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from indexer.errors import IndexFault, ServerUnavailable, missing_extra
from indexer.store.servers import MilvusAddress

ANSWER_WITHIN = 20.0  # seconds that the server may take for one call
_LOADING = 60.0  # seconds that one which was just started may take until it answers
_POLL = 0.2
_NO_COLLECTION = 100
# Not loaded, or a node that is still coming up: what a server says in its first seconds.
_COMING_UP = frozenset({101, 106, 503, 901, 902})

_Found = TypeVar("_Found")
_clients: dict[str, Any] = {}
_guard = threading.Lock()


class MissingCollection(IndexFault):
    """The server has no vectors of this index. They can be written anew from the store."""

    def __init__(self, address: MilvusAddress, collection: str) -> None:
        super().__init__(
            f"Milvus（{address}）里没有集合 {collection}。报告不受影响，请修复：python -m indexer repair --index {address}",
            f"Milvus ({address}) has no collection {collection}. Your reports are untouched; mend the index: "
            f"python -m indexer repair --index {address}",
        )


def asked(address: MilvusAddress, collection: str, call: Callable[[Any], _Found]) -> _Found:
    """What a call of the client returns. The client is safe to use from several threads.

    Raises:
        ServerUnavailable: the server is gone, hangs, or was still loading after a minute.
        MissingCollection: it has no such collection.
        IndexFault: the client is not installed.
    """
    library = _library()
    import grpc

    began = time.monotonic()
    while True:
        try:
            return call(_client(address))
        except (library.MilvusException, grpc.RpcError) as error:
            code = getattr(error, "code", None)
            if code == _NO_COLLECTION:
                raise MissingCollection(address, collection) from error
            waited = time.monotonic() - began
            if code not in _COMING_UP or waited > _LOADING:
                detail = str(getattr(error, "message", "")) or str(error).strip("<>") or type(error).__name__
                raise ServerUnavailable("Milvus", str(address), detail[:300], waited) from error
        time.sleep(_POLL)


def _client(address: MilvusAddress) -> Any:
    uri = (
        f"http://[{address.host}]:{address.port}"
        if ":" in address.host
        else f"http://{address.host}:{address.port}"
    )
    with _guard:
        if uri not in _clients:
            _clients[uri] = _library().MilvusClient(uri, timeout=ANSWER_WITHIN)
        return _clients[uri]


def _library() -> Any:
    try:
        import pymilvus
    except ImportError as error:
        raise missing_extra("pymilvus") from error
    # It prints every fault with its traceback before it raises it.
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    return pymilvus
