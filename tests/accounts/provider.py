"""A small identity provider for tests: OpenID Connect with a code, PKCE and signed answers."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, CLIENT_SECRET = "mittkoping", "hemligt mellan oss"


@dataclass
class Provider:
    """What it says of the one who signs in there, and what it has been asked.

    person    the claims
    refuses   it says that the person has broken off
    """

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def configuration(self) -> dict[str, Any]:
        """What is published of it."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """The public half of its key."""
        key = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [key | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes next: back, with a code, as if the person had signed in."""
        assert (query["client_id"], query["response_type"]) == (CLIENT_ID, "code")
        assert set(query["scope"].split()) == {"openid", "profile", "email"}
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        answer = {"error": "access_denied"} if self.refuses else {"code": code}
        return f"{query['redirect_uri']}?{urlencode(answer | {'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """A code in exchange for a signed answer; once."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        client = (form.get("client_id"), form.get("client_secret"))
        if not asked or asked["code_challenge"] != challenge or client != (CLIENT_ID, CLIENT_SECRET):
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **self.person}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "t", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    """Answers for a provider."""

    provider: Provider

    def do_GET(self) -> None:
        """Everything but the exchange."""
        url = urlsplit(self.path)
        self.provider.asked.append(url.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.end_headers()
            return
        answers = {
            "/.well-known/openid-configuration": self.provider.configuration,
            "/jwks": self.provider.keys,
            "/userinfo": lambda: self.provider.person,
        }
        self._tell(answers[url.path]() if url.path in answers else None)  # type: ignore[no-untyped-call]  # PyJWT

    def do_POST(self) -> None:
        """The exchange."""
        self.provider.asked.append(self.path)
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._tell(self.provider.token({name: values[0] for name, values in parse_qs(sent).items()}))

    def _tell(self, answer: dict[str, Any] | None) -> None:
        body = json.dumps(answer or {"error": "invalid_grant"}).encode()
        self.send_response(200 if answer else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Be quiet."""


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers, on a port of its own."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Its", (Handler,), {"provider": provider}))
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join()


def settings_for(provider: Provider) -> dict[str, Any]:
    """What the environment would make of OIDC_PROVIDER_URL and its companions."""
    app = {
        "provider_id": "oidc",
        "name": "Mittköpings kommun",
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": provider.address},
    }
    return {
        "OIDC_NAME": "Mittköpings kommun",
        "OIDC_DOMAINS": ["mittkoping.example"],
        "OIDC_ORIGINS": [provider.address],
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}},
    }
