import re

from ministack.services import sns

from registry import correction

EMAIL = re.compile(r"<SubscriptionArn>[^<]*(</SubscriptionArn>(?:(?!</member>).)*<Protocol>email)", re.DOTALL)


@correction("e-mail subscription")
def install(item):
    """A subscription by e-mail stays pending: nobody confirms it here, and the emulator calls it confirmed at once."""

    def pending(listing):
        def run(params):
            status, headers, body = listing(params)
            text = body.decode() if isinstance(body, bytes) else body
            text, changed = EMAIL.subn(r"<SubscriptionArn>PendingConfirmation\1", text)
            if changed:
                item.used()
            return status, headers, text

        return run

    sns._list_subscriptions_by_topic = pending(sns._list_subscriptions_by_topic)
    sns._list_subscriptions = pending(sns._list_subscriptions)
