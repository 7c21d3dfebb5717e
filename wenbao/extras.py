"""What is said where an optional part is asked for and its packages are not installed."""

from __future__ import annotations

from embeddings.errors import WenbaoError


class MissingExtra(WenbaoError):
    """A part of the library whose packages are not installed."""

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(
            f"这里要用到软件包 {package}，而它没有安装。请运行：pip install -r requirements-{extra}.txt"
            f"（装成软件包的：pip install 'wenbao[{extra}]'）",
            f"This needs the package {package}, which is not installed. Run: pip install -r requirements-{extra}.txt "
            f"(of the package: pip install 'wenbao[{extra}]')",
        )
