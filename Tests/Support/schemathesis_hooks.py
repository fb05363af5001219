"""What schemathesis sends, sent by many: each request comes from another address and brings another of
the tokens in the file that TC_TOKENS names. A single client would meet the limit of requests and
nothing else."""
import itertools
import os

import schemathesis

with open(os.environ["TC_TOKENS"]) as file:
    tokens = itertools.cycle(file.read().split())
addresses = (f"10.{a}.{b}.{c}" for a, b, c in itertools.product(range(256), repeat=3))


@schemathesis.hook
def before_call(context, case, kwargs):
    fields = {"X-Forwarded-For": next(addresses), "Authorization": f"Bearer {next(tokens)}"}
    if case.headers is None:
        case.headers = fields
    else:
        case.headers.update(fields)
