from api import client
from handlers import add_stack_tags, after
from ministack.core.responses import get_account_id
from ministack.services import cloudwatch
from registry import mend

TYPE = "AWS::CloudWatch::Dashboard"


def arn_of(name):
    return f"arn:aws:cloudwatch::{get_account_id()}:dashboard/{name}"


@mend("dashboard tags")
def install(item):
    """Dashboards bear tags, by template and by API; the emulator knows those of alarms only."""
    validate = cloudwatch._validate_alarm_tag_arn

    def validate_arn(arn, **encoding):
        _, _, name = arn.partition(":dashboard/")
        return None if name in cloudwatch._dashboards else validate(arn, **encoding)

    def put(name, props, old):
        if props.get("Tags"):
            item.used()
            client("cloudwatch").tag_resource(ResourceARN=arn_of(name), Tags=props["Tags"])

    cloudwatch._validate_alarm_tag_arn = validate_arn
    add_stack_tags(TYPE)
    after(TYPE, put)
