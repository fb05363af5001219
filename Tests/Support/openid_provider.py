"""An OpenID provider for tests: oidc-provider-mock on a free port of 127.0.0.1, which it prints.

Unlike the mock alone it names its keys and holds clients to PKCE (S256), as real providers do. POST
/rotate gives it another key, and POST /claims/SUBJECT an object of claims for a user, which it signs
whatever they say. It ends with its standard input.
"""
import base64
import hashlib
import os
import socket
import sys
import threading
import urllib.parse

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import flask  # noqa: E402
import uvicorn  # noqa: E402
from authlib import jose  # noqa: E402
from oidc_provider_mock import User, _app, app  # noqa: E402

nameless = _app.OpenIDCode.get_jwt_config


def with_name(self, grant, client=None):
    config = nameless(self, grant, client)
    return config | {"kid": _app.storage.jwk.thumbprint()}


_app.OpenIDCode.get_jwt_config = with_name
provider = app()


@provider.post("/rotate")
def rotate():
    _app.storage.jwk = jose.RSAKey.generate_key(is_private=True)
    return "", 204


@provider.post("/claims/<subject>")
def claims(subject):
    _app.storage.store_user(User(sub=subject, claims=flask.request.get_json(force=True)))
    return "", 204


# What each code was asked for with.
challenges = {}


@provider.after_request
def remember(response):
    query = urllib.parse.urlsplit(response.headers.get("Location", "")).query
    code = dict(urllib.parse.parse_qsl(query)).get("code")
    if code:
        challenges[code] = (flask.request.args.get("code_challenge_method"),
                            flask.request.args.get("code_challenge"))
    return response


@provider.before_request
def verify():
    # Reading a form takes the body away from who reads it otherwise.
    form = flask.request.form if flask.request.path == "/oauth2/token" else {}
    if form.get("code") not in challenges:
        return None
    hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    shown = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
    if challenges[form["code"]] == ("S256", shown):
        return None
    return {"error": "invalid_grant", "error_description": "the verifier is not right"}, 400


listener = socket.create_server(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(provider, interface="wsgi", log_level="critical"))


def stop_with_input():
    sys.stdin.read()
    server.should_exit = True


threading.Thread(target=stop_with_input, daemon=True).start()
print(listener.getsockname()[1], flush=True)
server.run(sockets=[listener])
