"""The emulator's own public AWS API, called from inside its process with botocore, which MiniStack depends on."""

import os
import threading

import botocore.session
from botocore.config import Config
from ministack.core.responses import get_account_id, get_region

_SESSION = botocore.session.get_session()
_CLIENTS = {}
_LOCK = threading.Lock()


def client(service):
    """A client for the account and Region of the running request. Blocks: only for handlers on a worker thread."""
    key = service, get_account_id(), get_region()
    with _LOCK:
        if key not in _CLIENTS:
            _CLIENTS[key] = _SESSION.create_client(
                service,
                region_name=get_region(),
                endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
                # An access key of twelve digits is root of that account.
                aws_access_key_id=get_account_id(),
                aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"],
                config=Config(retries={"max_attempts": 1}),
            )
    return _CLIENTS[key]
