"""`python -m indexer`: the commands of the index."""

from __future__ import annotations

from indexer.command_line import new_app, run
from indexer.commands import add, build, list_reports, migrate, remove, repair, status, verify
from indexer.saving.commands import backup, restore

app = new_app(
    "问报的索引：建立、增删、查看、核对、修复、备份。Build, change, show, verify, repair and save an index."
)
app.command()(build)
app.command()(add)
app.command()(remove)
app.command(name="list")(list_reports)
app.command()(status)
app.command()(verify)
app.command()(repair)
app.command()(migrate)
app.command()(backup)
app.command()(restore)


def main() -> None:
    """Run the command line."""
    run(app)


if __name__ == "__main__":
    main()
