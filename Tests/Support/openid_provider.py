"""An OpenID provider for tests: oidc-provider-mock on a free port of 127.0.0.1, which it prints.

Unlike the mock alone it names its keys, as real providers do. POST /rotate gives it another key, and
POST /claims/SUBJECT an object of claims for a user, which it signs whatever they say. It ends with its
standard input.
"""
import os
import socket
import sys
import threading

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


listener = socket.create_server(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(provider, interface="wsgi", log_level="critical"))


def stop_with_input():
    sys.stdin.read()
    server.should_exit = True


threading.Thread(target=stop_with_input, daemon=True).start()
print(listener.getsockname()[1], flush=True)
server.run(sockets=[listener])
