"""Who may do what: by token, by where a request comes from, and by how much was asked for lately."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers

from indexer.formats.limits import FILE_BYTES
from wenbao.http.problems import Refused
from wenbao.http.rate import Rates
from wenbao.http.settings import Settings
from wenbao.http.tokens import Role, Token, Tokens

JSON_BYTES = 256_000
"""Of a request without a file: a question has 500 characters, and hundreds of reports may be named."""
UPLOAD_BYTES = FILE_BYTES + 100_000
"""Of a file that is added, with what is written around it."""
_OPEN = ("/v1/health", "/v1/ready", "/openapi.json")
_COSTS = {"/v1/ask": 1.0, "/v1/passages": 1.0, "/v1/compare": 5.0}
_READING = 0.1
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")  # what a proxy says of who asks
_SAFE = ("GET", "HEAD", "OPTIONS")
# What programs of this computer call it, with or without a port.
_OURSELVES = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?", re.I)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a request needs: a role, None for anybody; what it costs of the rate, in questions; how many bytes it may have."""

    role: Role | None
    cost: float
    most: int


def needs_of(method: str, path: str) -> Needs:
    """What the request of an address needs, known or not."""
    if path in _OPEN:
        return Needs(None, 0.0, JSON_BYTES)
    if path.startswith("/v1/reports") and method not in _SAFE:
        return Needs(Role.EDITOR, 1.0, UPLOAD_BYTES if path == "/v1/reports" else JSON_BYTES)
    return Needs(Role.READER, _COSTS.get(path, _READING), JSON_BYTES)


class Access:
    """Lets requests in, or not. Safe to use from several threads."""

    def __init__(self, settings: Settings, tokens: Tokens, rates: Rates) -> None:
        self._settings = settings
        self._tokens = tokens
        self._rates = rates

    def admit(self, method: str, needs: Needs, headers: Headers, address: str) -> str:
        """Who asks: the name of a token, or an address.

        Raises:
            Refused: nobody knows who it is, or who it is may not do that.
            TooOften: it asks for more than it may.
            TokenError: the tokens cannot be read.
        """
        if needs.role is None:
            return address
        known = self._tokens.all()
        shown = self._shown(headers) if known else None
        client = f"token:{shown.name}" if shown else f"address:{address}"
        self._rates.count(client, needs.cost)
        if known or self._settings.guarded:
            self._check(shown, needs.role)
        else:
            self._check_stranger(method, needs.role, headers)
        return shown.name if shown else address

    def _shown(self, headers: Headers) -> Token | None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return self._tokens.of(token.strip()) if scheme.lower() == "bearer" else None

    def _check(self, shown: Token | None, role: Role) -> None:
        if shown is None:
            raise Refused(
                HTTPStatus.UNAUTHORIZED,
                "没有令牌，或令牌不对。请在请求头里写 Authorization: Bearer 令牌；令牌由管理员用 wenbao tokens add 添加。",
                "There is no token, or a wrong one. Send the header Authorization: Bearer TOKEN; the owner adds tokens "
                "with wenbao tokens add.",
            )
        if not shown.role.covers(role):
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"令牌 {shown.name!r} 只能读（{shown.role.value}），不能改。请用 editor 的令牌。",
                f"The token {shown.name!r} may only read ({shown.role.value}). Use one of an editor.",
            )

    def _check_stranger(self, method: str, role: Role, headers: Headers) -> None:
        """Nobody has a token: from this computer everything is allowed, from a network, or through a proxy, only reading.

        A browser on this computer may be led here by any page. It then tells of that page in Origin, or, where the page
        made its own name point here, in Host.
        """
        host, origin = headers.get("host", ""), headers.get("origin")
        loopback = self._settings.loopback
        if loopback and not _OURSELVES.fullmatch(host):
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"这台服务器只接受本机的请求，Host 却是 {host!r}。请用 127.0.0.1 访问；要从别处访问，请先添加令牌。",
                f"This server takes requests of its own computer only, but Host is {host!r}. Use 127.0.0.1; for others "
                "add tokens first.",
            )
        if role is Role.EDITOR and (not loopback or any(name in headers for name in _FORWARDED)):
            raise Refused(
                HTTPStatus.FORBIDDEN,
                "这台服务器没有令牌又向网络开放，所以只能读。管理员用 wenbao tokens add 添加令牌之后才能改。",
                "This server has no tokens and is open to a network, so it only reads. Its owner adds tokens with "
                "wenbao tokens add; then editors may change it.",
            )
        if loopback and origin is not None and method not in _SAFE and origin not in self._settings.origins:
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"网页 {origin!r} 不能使用这台服务器。管理员可以用 --origin 允许它。",
                f"The page {origin!r} may not use this server. Its owner may allow it with --origin.",
            )
