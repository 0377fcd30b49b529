"""An identity provider in this process: it signs with its own key, and lies where it is told."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from service.clock import Clock

CLIENT, SECRET = "noteproof", "open-sesame-of-nobody"


@dataclass
class Identity:
    """A provider, and who signs in at it next.

    Attributes:
        person: The claims that say who it is.
        lies: Claims of the ID token in place of the right ones; None leaves one out.
        signs_with: The key it signs with; that of ``keys`` by default.
        is_tampered: Somebody changes the token on the way.
        posted: The forms sent to its token endpoint.
    """

    url: str
    clock: Clock
    keys: list[RSAKey]
    person: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    signs_with: RSAKey | None = None
    is_tampered: bool = False
    posted: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorized(self, query: dict[str, str]) -> str:
        """Where somebody who signs in is sent back to."""
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer of the token endpoint; None where it refuses."""
        self.posted.append(form)
        begun = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if begun is None or authorization != f"Basic {basic}":
            return None
        if proof != begun["code_challenge"] or form["redirect_uri"] != begun["redirect_uri"]:
            return None
        return {"access_token": "none", "token_type": "Bearer", "id_token": self._signed(begun)}

    def _signed(self, begun: dict[str, str]) -> str:
        now = int(self.clock().timestamp())
        claims = {
            **{"iss": self.url, "aud": CLIENT, "sub": "s-1", "nonce": begun["nonce"]},
            **{"iat": now, "exp": now + 300},
            **self.person,
            **self.lies,
        }
        told = {name: value for name, value in claims.items() if value is not None}
        key = self.signs_with or self.keys[0]
        token = jwt.encode({"alg": "RS256", "kid": key.kid}, told, key)
        if not self.is_tampered:
            return token
        head, body, signature = token.split(".")
        words = json.loads(base64.urlsafe_b64decode(body + "=="))
        other = json.dumps({**words, "email": "ada@clinic.example"}).encode()
        return f"{head}.{base64.urlsafe_b64encode(other).rstrip(b'=').decode()}.{signature}"


def a_key(key_id: str) -> RSAKey:
    """A key nobody else has."""
    return RSAKey.generate_key(2048, {"kid": key_id, "use": "sig"}, private=True)


@contextmanager
def identity(clock: Clock) -> Iterator[Identity]:
    """A provider on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    found = Identity(
        url=f"http://127.0.0.1:{server.server_address[1]}", clock=clock, keys=[a_key("one")]
    )
    server.identity = found  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    @property
    def _identity(self) -> Identity:
        found: Identity = self.server.identity  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        """Discovery, keys, and signing in: everybody does."""
        found, parts = self._identity, urlsplit(self.path)
        found.asked.append(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": found.url,
                    "authorization_endpoint": f"{found.url}/authorize",
                    "token_endpoint": f"{found.url}/token",
                    "jwks_uri": f"{found.url}/keys",
                }
            )
        elif parts.path == "/keys":
            self._json({"keys": [key.as_dict(private=False) for key in found.keys]})
        else:
            self.send_response(302)
            self.send_header("Location", found.authorized(query))
            self.end_headers()

    def do_POST(self) -> None:
        """A token for a code."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        answer = self._identity.token(form, self.headers.get("Authorization", ""))
        self._json(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests have their own log."""

    def _json(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
