"""The way into the emulator: an ASGI application around MiniStack's own."""

import json

import registry

ITEMS_PATH = "/_local-aws/items"

SCOPES = []  # functions of the ASGI scope: they change what MiniStack sees of a request
REQUESTS = []  # (condition on the scope, function of the body): they see a request before MiniStack does
ROUTES = []  # (condition on the scope, function of scope and body): they answer with status and XML themselves
ANSWERS = []  # (condition on the body of a form request, coroutine function): awaited before the answer goes out


def around(inner):
    async def app(scope, receive, send):
        if scope["type"] != "http":
            return await inner(scope, receive, send)
        if scope["path"] == ITEMS_PATH:
            items = [item.describe() for item in registry.ITEMS]
            return await answer(send, 200, "application/json", json.dumps(items).encode())
        for change in SCOPES:
            scope = change(scope)
        for wanted, route in ROUTES:
            if wanted(scope):
                status, xml = route(scope, await whole_body(receive))
                return await answer(send, status, "application/xml", xml)
        readers = [read for wanted, read in REQUESTS if wanted(scope)]
        if not (readers or is_form(scope)):
            return await inner(scope, receive, send)
        body = await whole_body(receive)
        for read in readers:
            read(body)
        waits = [wait for wanted, wait in ANSWERS if wanted(body)]
        return await inner(scope, replayed(body, receive), held(waits, send))

    return app


def header(scope, name):
    return dict(scope["headers"]).get(name, b"").decode()


def is_form(scope):
    """Whether this is a call of an API with the Query protocol: CloudFormation, EC2, IAM, SNS."""
    return header(scope, b"content-type").startswith("application/x-www-form-urlencoded")


async def whole_body(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


def replayed(body, receive):
    """A `receive` that gives the body that has been read already, once."""
    waiting = [{"type": "http.request", "body": body}]

    async def next_message():
        return waiting.pop() if waiting else await receive()

    return next_message


def held(waits, send):
    """A `send` whose answer begins when all waits are over."""

    async def send_later(message):
        if message["type"] == "http.response.start":
            for wait in waits:
                await wait()
        await send(message)

    return send_later


async def answer(send, status, content_type, body):
    headers = [(b"content-type", content_type.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
