import uuid

from ministack.core.responses import get_account_id

from handlers import add_type
from registry import recorded_only


@recorded_only("AWS::CloudFront::VpcOrigin")
def vpc_origin(item):
    """A VPC origin is kept; no request goes through it."""

    def create(name, props):
        origin = f"vo_{uuid.uuid4().hex[:24]}"
        arn = f"arn:aws:cloudfront::{get_account_id()}:vpcorigin/{origin}"
        return origin, {"Arn": arn, "Id": origin, "Status": "Deployed"}

    def keep(*_):
        pass

    add_type(item, "AWS::CloudFront::VpcOrigin", create, keep, keep, ["VpcOriginEndpointConfig", "Tags"], tags="Tags")
