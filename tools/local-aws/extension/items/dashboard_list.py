import json
from datetime import datetime

from ministack.services import cloudwatch

from registry import correction


@correction("dashboard list")
def install(item):
    """ListDashboards says when a dashboard was changed as a number, which clients of its JSON protocol can read."""
    native = cloudwatch._list_dashboards

    def list_dashboards(params, cbor_data, is_cbor, is_json=False):
        status, headers, body = native(params, cbor_data, is_cbor, is_json)
        if not is_json:
            return status, headers, body
        item.used()
        answer = json.loads(body)
        for entry in answer["DashboardEntries"]:
            entry["LastModified"] = datetime.fromisoformat(entry["LastModified"].replace("Z", "+00:00")).timestamp()
        return status, headers, json.dumps(answer).encode()

    cloudwatch._list_dashboards = list_dashboards
