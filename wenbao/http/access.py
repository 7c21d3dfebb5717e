"""Who may do what: by token, by where a request comes from, and by how much was asked for lately."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers

from indexer.formats.limits import FILE_BYTES
from indexer.people.accounts import Account, Accounts, Role
from indexer.people.visits import came_through_a_proxy, names_this_computer
from wenbao.http.problems import Refused
from wenbao.http.rate import Rates
from wenbao.http.settings import Settings

JSON_BYTES = 256_000
"""Of a request without a file: a question has 500 characters, and hundreds of reports may be named."""
UPLOAD_BYTES = FILE_BYTES + 100_000
"""Of a file that is added, with what is written around it."""
_OPEN = ("/v1/health", "/v1/ready", "/openapi.json")
_COSTS = {"/v1/ask": 1.0, "/v1/ask/each": 1.0, "/v1/passages": 1.0, "/v1/compare": 5.0}
_READING = 0.1
_SAFE = ("GET", "HEAD", "OPTIONS")
_FEEDBACK, _LOG = "/v1/feedback", "/v1/log"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a request needs.

    Attributes:
        role: None for anybody.
        cost: of the rate, in questions.
        most: bytes that it may have.
        writes: whether something is kept of it, so that no stranger from a network may do it.
    """

    role: Role | None
    cost: float
    most: int
    writes: bool = False


def needs_of(method: str, path: str) -> Needs:
    """What the request of an address needs, known or not."""
    if path in _OPEN:
        return Needs(None, 0.0, JSON_BYTES)
    if path.startswith("/v1/reports") and method not in _SAFE:
        return Needs(Role.EDITOR, 1.0, UPLOAD_BYTES if path == "/v1/reports" else JSON_BYTES, writes=True)
    if path == _FEEDBACK and method not in _SAFE:
        return Needs(Role.READER, 1.0, JSON_BYTES, writes=True)  # the question is asked for it once more
    if path in (_FEEDBACK, _LOG):
        return Needs(Role.EDITOR, _READING, JSON_BYTES)
    return Needs(Role.READER, _COSTS.get(path, _READING), JSON_BYTES)


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks.

    Attributes:
        name: in the list of people, else the address.
        counted_as: by what the rate knows it.
    """

    name: str
    counted_as: str


class Access:
    """Lets requests in, or not. Safe to use from several threads."""

    def __init__(self, settings: Settings, accounts: Accounts, rates: Rates) -> None:
        self._settings = settings
        self._accounts = accounts
        self._rates = rates

    def admit(self, method: str, needs: Needs, headers: Headers, address: str) -> Client:
        """Who asks.

        Raises:
            Refused: nobody knows who it is, or who it is may not do that.
            TooOften: it asks for more than it may.
            AccountError: the list of people cannot be read.
        """
        if needs.role is None:
            return Client(address, "")
        guarded = self._accounts.guarded or self._settings.guarded
        shown = self._shown(headers) if guarded else None
        counted_as = f"token:{shown.name}" if shown else f"address:{address}"
        self._rates.count(counted_as, needs.cost)
        if guarded:
            self._check(shown, needs.role)
        else:
            self._check_stranger(method, needs, headers)
        return Client(shown.name if shown else address, counted_as)

    def count(self, client: Client, questions: float) -> None:
        """Let a client ask so many questions more, as it turned out that it does.

        Raises:
            TooOften: it asks for more than it may.
        """
        self._rates.count(client.counted_as, questions)

    def _shown(self, headers: Headers) -> Account | None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return self._accounts.of_token(token.strip()) if scheme.lower() == "bearer" else None

    def _check(self, shown: Account | None, role: Role) -> None:
        if shown is None:
            raise Refused(
                HTTPStatus.UNAUTHORIZED,
                "没有令牌，或令牌不对。请在请求头里写 Authorization: Bearer 令牌；令牌由管理员用 wenbao people add 添加。",
                "There is no token, or a wrong one. Send the header Authorization: Bearer TOKEN; the owner adds "
                "people with wenbao people add.",
            )
        if not shown.role.covers(role):
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"{shown.name!r} 只能读（{shown.role.value}），不能改，也不能看反馈和改动。请用 editor 的令牌。",
                f"{shown.name!r} may only read ({shown.role.value}), neither change anything nor see feedback and the log. "
                "Use the token of an editor.",
            )

    def _check_stranger(self, method: str, needs: Needs, headers: Headers) -> None:
        """Nobody is in the list: from this computer everything is allowed, from a network, or through a proxy, only reading.

        A browser on this computer may be led here by any page. It then tells of that page in Origin, or, where the page
        made its own name point here, in Host.
        """
        host, origin = headers.get("host", ""), headers.get("origin")
        loopback = self._settings.loopback
        if loopback and not names_this_computer(host):
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"这台服务器只接受本机的请求，Host 却是 {host!r}。请用 127.0.0.1 访问；要从别处访问，请先添加人员。",
                f"This server takes requests of its own computer only, but Host is {host!r}. Use 127.0.0.1; for others "
                "add people first.",
            )
        if (needs.writes or needs.role is Role.EDITOR) and (not loopback or came_through_a_proxy(headers)):
            raise Refused(
                HTTPStatus.FORBIDDEN,
                "这台服务器没有人员名单又向网络开放，所以只能读。管理员用 wenbao people add 添加人员之后才能改。",
                "This server knows nobody and is open to a network, so it only reads. Its owner adds people with "
                "wenbao people add; then editors may change it.",
            )
        if loopback and origin is not None and method not in _SAFE and origin not in self._settings.origins:
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"网页 {origin!r} 不能使用这台服务器。管理员可以用 --origin 允许它。",
                f"The page {origin!r} may not use this server. Its owner may allow it with --origin.",
            )
