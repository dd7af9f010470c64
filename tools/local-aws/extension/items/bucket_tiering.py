import re
from urllib.parse import parse_qs

import gateway
from api import client
from handlers import after
from lifecycle import filter_of
from registry import recorded_only

QUERY = "intelligent-tiering"
LIST = "ListBucketIntelligentTieringConfigurationsResult"
MISSING = b"<Error><Code>NoSuchConfiguration</Code><Message>There is no such configuration.</Message></Error>"

#: XML by bucket and id.
CONFIGURATIONS = {}


@recorded_only("intelligent tiering of buckets")
def install(item):
    """Configurations of S3 Intelligent-Tiering are kept and read back, without rights asked; no object ever moves."""

    def put(bucket, props, old):
        for key in [key for key in CONFIGURATIONS if key[0] == bucket]:
            del CONFIGURATIONS[key]
        for configuration in props.get("IntelligentTieringConfigurations") or []:
            item.used()
            put_configuration(bucket, configuration)

    gateway.ROUTES.append((is_asked, answer))
    after("AWS::S3::Bucket", put)


def is_asked(scope):
    """SDKs put the parameters into different orders."""
    return QUERY in parse_qs(scope["query_string"].decode(), keep_blank_values=True)


def put_configuration(bucket, configuration):
    is_filtered = configuration.keys() & {"Prefix", "TagFilters"}
    client("s3").put_bucket_intelligent_tiering_configuration(
        Bucket=bucket,
        Id=configuration["Id"],
        IntelligentTieringConfiguration={
            "Id": configuration["Id"],
            "Status": configuration["Status"],
            "Tierings": configuration["Tierings"],
            **({"Filter": filter_of(configuration)} if is_filtered else {}),
        },
    )


def answer(scope, body):
    """Put, get, list and delete, as XML."""
    bucket = scope["path"].strip("/")
    name = parse_qs(scope["query_string"].decode()).get("id", [None])[0]
    key = bucket, name
    if scope["method"] == "PUT":
        CONFIGURATIONS[key] = re.sub(r"<\?xml.*?\?>", "", body.decode())
        return 200, b""
    if name is None:
        found = "".join(xml for (owner, _), xml in CONFIGURATIONS.items() if owner == bucket)
        return 200, f"<{LIST}><IsTruncated>false</IsTruncated>{found}</{LIST}>".encode()
    if key not in CONFIGURATIONS:
        return 404, MISSING
    if scope["method"] == "DELETE":
        del CONFIGURATIONS[key]
        return 204, b""
    return 200, CONFIGURATIONS[key].encode()
