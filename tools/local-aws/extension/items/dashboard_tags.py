from ministack.core.responses import get_account_id
from ministack.services import cloudwatch

from handlers import add_stack_tags, after, tag_map
from registry import correction


def arn_of(name):
    return f"arn:aws:cloudwatch::{get_account_id()}:dashboard/{name}"


@correction("dashboard tags")
def install(item):
    """The tags of a dashboard in a template and of its stack, which the emulator drops and its API does not know."""
    validate = cloudwatch._validate_alarm_tag_arn

    def put(name, props, old):
        item.used()
        cloudwatch._resource_tags[arn_of(name)] = tag_map(props.get("Tags"))

    def validate_arn(arn, is_json=False, is_cbor=False):
        name = arn.partition(":dashboard/")[2]
        if name in cloudwatch._dashboards and arn == arn_of(name):
            return None
        return validate(arn, is_json=is_json, is_cbor=is_cbor)

    add_stack_tags("AWS::CloudWatch::Dashboard")
    after("AWS::CloudWatch::Dashboard", put)
    cloudwatch._validate_alarm_tag_arn = validate_arn
