"""How much memory this process holds."""

from __future__ import annotations

import resource
from pathlib import Path


def resident() -> int:
    """Bytes of memory this process holds now; the most it ever held where that cannot be told."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [row for row in status.read_text().splitlines() if row.startswith("VmRSS")]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
