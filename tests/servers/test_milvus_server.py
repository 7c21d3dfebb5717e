"""The real Milvus that other tests build on: it stores, finds, goes away and comes back with what it had."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import grpc
import numpy as np
import pytest
from pymilvus import DataType, MilvusClient, MilvusException

from tests.servers.server_process import ServerProcess

pytestmark = pytest.mark.servers

VECTORS = np.eye(8, dtype=np.float32)
_PATIENCE_S = 60.0


@pytest.fixture
def client(milvus_server: ServerProcess) -> Iterator[MilvusClient]:
    client = MilvusClient(f"http://127.0.0.1:{milvus_server.port}", timeout=10)
    yield client
    client.close()


@pytest.fixture
def collection(client: MilvusClient, new_name: str) -> Iterator[str]:
    """Eight vectors of the documents 0, 0, 1, 1, 2, …"""
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("document", DataType.INT64)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=8)
    index = client.prepare_index_params()
    index.add_index("vector", index_type="FLAT", metric_type="IP")
    client.create_collection(new_name, schema=schema, index_params=index, consistency_level="Strong")
    rows = [{"id": i, "document": i // 2, "vector": vector} for i, vector in enumerate(VECTORS)]
    client.insert(new_name, rows)
    yield new_name
    client.drop_collection(new_name)


def found(
    client: MilvusClient, collection: str, vector: int, which: str = "", timeout: float = 10
) -> list[int]:
    """The nearest two of the documents that the expression `which` names."""
    (hits,) = client.search(collection, [VECTORS[vector]], which, limit=2, timeout=timeout)
    return [int(hit["id"]) for hit in hits]


def found_at_last(client: MilvusClient, collection: str, vector: int) -> list[int]:
    """What is found once the server, just started, has loaded the collection."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return found(client, collection, vector)
        except (MilvusException, grpc.RpcError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_what_is_written_is_found_replaced_and_removed(client: MilvusClient, collection: str) -> None:
    assert found(client, collection, 3)[0] == 3
    assert set(found(client, collection, 3, "document in [2, 9]")) == {4, 5}
    client.upsert(collection, [{"id": 0, "document": 7, "vector": VECTORS[3]}])
    assert set(found(client, collection, 3)) == {0, 3}
    client.delete(collection, filter="document in [7]")
    assert 0 not in found(client, collection, 3)
    (counted,) = client.query(collection, output_fields=["count(*)"])
    assert counted["count(*)"] == 7


@pytest.mark.parametrize("ends", [ServerProcess.stop, ServerProcess.kill], ids=["stopped", "killed"])
def test_it_is_gone_at_once_and_comes_back_with_what_it_had(
    milvus_server: ServerProcess, client: MilvusClient, collection: str, ends: Callable[[ServerProcess], None]
) -> None:
    ends(milvus_server)
    try:
        began = time.monotonic()
        with pytest.raises(MilvusException):
            found(client, collection, 3)
        assert time.monotonic() - began < 5
    finally:
        milvus_server.start()
    assert found_at_last(client, collection, 3)[0] == 3


def test_a_server_that_hangs_is_given_up_after_the_timeout(
    milvus_server: ServerProcess, client: MilvusClient, collection: str
) -> None:
    assert found(client, collection, 3)[0] == 3
    with milvus_server.frozen():
        began = time.monotonic()
        with pytest.raises(grpc.RpcError) as raised:
            found(client, collection, 3, timeout=1)
        assert 0.9 < time.monotonic() - began < 4
    assert raised.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert found(client, collection, 3)[0] == 3
