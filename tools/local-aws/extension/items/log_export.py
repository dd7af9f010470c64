import asyncio
import gzip
import json
import time

from ministack.core.iam_evaluator import EvalContext, enforce, evaluate_resource_policy
from ministack.core.responses import (
    AccountRegionScopedDict,
    error_response_json,
    get_account_id,
    get_region,
    json_response,
    new_uuid,
)
from ministack.core.router import extract_access_key_id
from ministack.services import cloudwatch_logs

from api import client
from registry import correction

ACTIVE = "PENDING", "RUNNING"
TASKS = AccountRegionScopedDict()
#: Tasks of the event loop, which forgets what nobody holds.
RUNNING = set()


class Refused(Exception):
    """What Logs answers instead: the name of an error, and a sentence."""


@correction("log export")
def install(item):
    """Log groups are exported to S3, one at a time, if the bucket lets Logs and the caller; the emulator has no export."""
    native = cloudwatch_logs.handle_request
    actions = {"CreateExportTask": create, "DescribeExportTasks": describe}

    async def handle(method, path, headers, body, query_params):
        action = actions.get(headers.get("x-amz-target", "").split(".")[-1])
        if action is None:
            return await native(method, path, headers, body, query_params)
        item.used()
        request = json.loads(body)
        try:
            if action is create:
                require_caller(extract_access_key_id(headers, query_params), request)
            return json_response(await action(request))
        except Refused as refused:
            return error_response_json(*refused.args, 400)

    cloudwatch_logs.handle_request = handle


async def create(request):
    group, bucket = request["logGroupName"], request["destination"]
    if group not in cloudwatch_logs._log_groups:
        raise Refused("ResourceNotFoundException", "The specified log group does not exist.")
    if any(task["status"]["code"] in ACTIVE for task in TASKS.values()):
        raise Refused("LimitExceededException", "Resource limit exceeded.")
    task = {**request, "taskId": new_uuid(), "status": {"code": "PENDING"}}
    TASKS[task["taskId"]] = task
    try:
        await asyncio.to_thread(require_rights, group, bucket)
    except Refused:
        del TASKS[task["taskId"]]
        raise
    running = asyncio.create_task(asyncio.to_thread(export, task))
    RUNNING.add(running)
    running.add_done_callback(RUNNING.discard)
    return {"taskId": task["taskId"]}


async def describe(request):
    wanted = request.get("taskId")
    return {"exportTasks": [task for task in TASKS.values() if wanted in (None, task["taskId"])]}


def require_caller(access_key, request):
    """The caller that creates a task must be allowed to write to its destination, too."""
    target = f"arn:aws:s3:::{request['destination']}/{prefix_of(request)}/aws-logs-write-test"
    if enforce(access_key, "s3:PutObject", "s3", get_region(), resource_arn=target):
        raise Refused("AccessDeniedException", f"The caller is not authorized to perform: s3:PutObject on {target}")


def prefix_of(request):
    return request.get("destinationPrefix", "exportedlogs")


def require_rights(group, bucket):
    """Logs asks for the bucket's list of grants, and writes a test object, before it takes a task."""
    s3 = client("s3")
    try:
        policy = s3.get_bucket_policy(Bucket=bucket)["Policy"]
    except s3.exceptions.ClientError:
        policy = None
    bucket_arn = f"arn:aws:s3:::{bucket}"
    for action, resource in [("s3:GetBucketAcl", bucket_arn), ("s3:PutObject", f"{bucket_arn}/aws-logs-write-test")]:
        if not is_allowed(policy, action, resource, group):
            call = action.removeprefix("s3:")
            raise Refused("InvalidParameterException", f"{call} call on the given bucket failed.")


def is_allowed(policy, action, resource, group):
    account, region = get_account_id(), get_region()
    service = f"logs.{region}.amazonaws.com"
    source = {
        "aws:sourceaccount": account,
        "aws:sourcearn": f"arn:aws:logs:{region}:{account}:log-group:{group}",
    }
    context = EvalContext(
        service, "AWSService", account, action, resource, region, secure_transport=True, service_context=source
    )
    return evaluate_resource_policy(policy, context, service=service).decision == "Allow"


def export(task):
    """One object a log stream, below a folder of the task."""
    task["status"] = {"code": "RUNNING"}
    prefix = prefix_of(task)
    try:
        for name, stream in list(cloudwatch_logs._log_groups[task["logGroupName"]]["streams"].items()):
            lines = [line_of(event) for event in stream["events"] if task["from"] <= event["timestamp"] <= task["to"]]
            if lines:
                client("s3").put_object(
                    Bucket=task["destination"],
                    Key=f"{prefix}/{task['taskId']}/{name.replace('/', '-')}/000000.gz",
                    Body=gzip.compress("".join(lines).encode()),
                )
        task["status"] = {"code": "COMPLETED", "message": "Completed successfully"}
    except Exception as error:
        task["status"] = {"code": "FAILED", "message": str(error)}


def line_of(event):
    seconds, milliseconds = divmod(event["timestamp"], 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{milliseconds:03}Z {event['message']}\n"
