"""A provider of sign-in (OpenID Connect) on this computer that lets in whomever the test names, without a question."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "wenbao", "secret-of-the-client"


@dataclass(slots=True)
class Provider:
    """Where it is, and who signs in next."""

    url: str
    email: str = "zhang@example.cn"
    verified: bool = True
    nonces: dict[str, str] = field(default_factory=dict)


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that runs."""
    key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/.well-known/openid-configuration":
                self._send(
                    {
                        "issuer": there.url,
                        "authorization_endpoint": f"{there.url}/authorize",
                        "token_endpoint": f"{there.url}/token",
                        "jwks_uri": f"{there.url}/keys",
                        "code_challenge_methods_supported": ["S256"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )
            elif address.path == "/keys":
                self._send({"keys": [key.as_dict(private=False)]})
            else:
                code = f"code-{len(there.nonces)}"
                there.nonces[code] = asked["nonce"]
                self.send_response(302)
                query = urlencode({"code": code, "state": asked["state"]})
                self.send_header("Location", f"{asked['redirect_uri']}?{query}")
                self.end_headers()

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            assert base64.b64decode(given).decode() == f"{CLIENT}:{SECRET}"
            now = int(time.time())
            claims = {
                "iss": there.url, "sub": "1", "aud": CLIENT, "iat": now, "exp": now + 300,
                "nonce": there.nonces[body["code"][0]], "email": there.email, "email_verified": there.verified,
            }  # fmt: skip
            token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)
            self._send({"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token})

        def _send(self, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
