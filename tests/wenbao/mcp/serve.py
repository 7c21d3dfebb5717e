"""`wenbao mcp` as a program of its own that answers with the fake encoder: python -m tests.wenbao.mcp.serve mcp …"""

from __future__ import annotations

import answers.engine
import wenbao.command
import wenbao.library
from answers.reading.similarity_reader import SimilarityReader
from tests.fake_encoder import FakeEncoder

if __name__ == "__main__":
    setattr(wenbao.library, "load_encoder", FakeEncoder)  # noqa: B010 - as monkeypatch does it
    setattr(answers.engine, "shipped_reader", SimilarityReader)  # noqa: B010
    wenbao.command.main()
