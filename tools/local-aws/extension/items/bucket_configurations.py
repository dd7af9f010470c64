import re
from urllib.parse import parse_qs

import gateway
from api import client
from handlers import after, pick
from lifecycle import filter_of
from registry import recorded_only

MISSING = b"<Error><Code>NoSuchConfiguration</Code><Message>There is no such configuration.</Message></Error>"


@recorded_only("intelligent tiering of buckets")
def intelligent_tiering(item):
    """Configurations of S3 Intelligent-Tiering are kept and read back, without rights asked; no object ever moves."""

    def put(bucket, props):
        client("s3").put_bucket_intelligent_tiering_configuration(
            Bucket=bucket, Id=props["Id"], IntelligentTieringConfiguration=configuration_of(props, "Status", "Tierings")
        )

    keep(item, "intelligent-tiering", "IntelligentTieringConfiguration", put)


@recorded_only("request metrics of buckets")
def metrics(item):
    """Configurations of request metrics are kept and read back, without rights asked; no request is ever counted."""

    def put(bucket, props):
        client("s3").put_bucket_metrics_configuration(
            Bucket=bucket, Id=props["Id"], MetricsConfiguration=configuration_of(props)
        )

    keep(item, "metrics", "MetricsConfiguration", put)


def configuration_of(props, *names):
    is_filtered = props.keys() & {"Prefix", "TagFilters"}
    return {**pick(props, "Id", *names), **({"Filter": filter_of(props)} if is_filtered else {})}


def keep(item, query, name, put):
    """Keeps what the parameter `query` of S3's API and the property `name` + s of a template hold of a bucket."""
    kept = {}  # XML by bucket and id

    def is_asked(scope):
        # SDKs put the parameters into different orders.
        return query in parse_qs(scope["query_string"].decode(), keep_blank_values=True)

    def put_all(bucket, props, old):
        for key in [key for key in kept if key[0] == bucket]:
            del kept[key]
        for configuration in props.get(f"{name}s") or []:
            item.used()
            put(bucket, configuration)

    def answer(scope, body):
        """Put, get, list and delete, as XML."""
        bucket = scope["path"].strip("/")
        key = bucket, parse_qs(scope["query_string"].decode()).get("id", [None])[0]
        if scope["method"] == "PUT":
            kept[key] = re.sub(r"<\?xml.*?\?>", "", body.decode())
            return 200, b""
        if key[1] is None:
            found = "".join(xml for (owner, _), xml in kept.items() if owner == bucket)
            # SDKs read what is inside of the root, whatever its name.
            return 200, f"<Result><IsTruncated>false</IsTruncated>{found}</Result>".encode()
        if key not in kept:
            return 404, MISSING
        if scope["method"] == "DELETE":
            del kept[key]
            return 204, b""
        return 200, kept[key].encode()

    gateway.ROUTES.append((is_asked, answer))
    after("AWS::S3::Bucket", put_all)
