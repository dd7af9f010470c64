import re
from contextvars import ContextVar
from urllib.parse import unquote_plus

from ministack.core import iam_evaluator
from ministack.services import iam

import gateway
from registry import correction

METRIC_NAMESPACE = ContextVar("metric_namespace", default=None)


@correction("secure transport")
def secure_transport(item):
    """Requests count as TLS, for bucket policies that deny anything else: on a loopback address there is none."""

    def as_tls(scope):
        item.used()
        return {**scope, "scheme": "https"}

    gateway.SCOPES.append(as_tls)


@correction("principal of a session")
def principal_arn(item):
    """aws:PrincipalArn of a role's session is the ARN of the IAM role; the emulator gives that of the session."""

    def resolve(native, key, context):
        value = native(key, context)
        if key.lower() != "aws:principalarn" or ":assumed-role/" not in str(value):
            return value
        item.used()
        name = value.split(":assumed-role/")[1].split("/")[0]
        role = iam._roles.get(name)
        return role["Arn"] if role else f"arn:aws:iam::{value.split(':')[4]}:role/{name}"

    around_condition_keys(resolve)


@correction("metric namespace")
def metric_namespace(item):
    """cloudwatch:namespace is what PutMetricData names; the emulator does not know the key, so such a grant is none."""

    def wanted(scope):
        target = gateway.header(scope, b"x-amz-target")
        is_named = target.endswith(".PutMetricData") or scope["path"].endswith("/operation/PutMetricData")
        return is_named or gateway.is_form(scope)

    def read(body):
        if b"Namespace" in body and b"MetricData" in body:
            METRIC_NAMESPACE.set(namespace_in(body))

    def resolve(native, key, context):
        if key.lower() != "cloudwatch:namespace":
            return native(key, context)
        item.used()
        return METRIC_NAMESPACE.get()

    gateway.REQUESTS.append((wanted, read))
    around_condition_keys(resolve)


def around_condition_keys(resolve):
    native = iam_evaluator._resolve_condition_key
    iam_evaluator._resolve_condition_key = lambda key, context: resolve(native, key, context)


def namespace_in(body):
    """The Namespace of a PutMetricData request in CBOR, JSON or form encoding."""
    rest = body[body.find(b"Namespace") + len(b"Namespace") :]
    if rest[:1] and 0x60 <= rest[0] <= 0x78:
        # CBOR: a text, its length in the first byte or, from 24 on, in the second.
        start, size = (2, rest[1]) if rest[0] == 0x78 else (1, rest[0] - 0x60)
        return rest[start : start + size].decode()
    found = re.match(rb'"\s*:\s*"([^"]*)|=([^&]*)', rest)
    return unquote_plus((found[1] or found[2]).decode()) if found else None
