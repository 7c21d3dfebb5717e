"""Whether a folder lies on another machine, where locks cannot be trusted (https://sqlite.org/howtocorrupt.html, 2.1)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_OF_NETWORKS = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afpfs",
        "webdav",
        "davfs",
        "afs",
        "ncpfs",
        "ceph",
        "lustre",
        "beegfs",
        "glusterfs",
        "gpfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.davfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.cephfs",
    ]
)


@lru_cache(maxsize=256)
def network_file_system(folder: Path) -> str | None:
    """The kind of network file system that an absolute path lies on; None on a disk of this machine."""
    # Imported here: who only asks questions does not need it.
    import psutil  # type: ignore[import-untyped]

    path, kind, depth = folder.resolve(), None, -1
    for partition in psutil.disk_partitions(all=True):
        mount = Path(partition.mountpoint)
        if path.is_relative_to(mount) and len(mount.parts) >= depth:
            remote = "remote" in partition.opts.split(",")  # Windows says so of a drive
            kind, depth = partition.fstype.lower() or ("remote" if remote else ""), len(mount.parts)
            if remote and kind not in _OF_NETWORKS:
                kind = "smb"
    return kind if kind in _OF_NETWORKS else None
