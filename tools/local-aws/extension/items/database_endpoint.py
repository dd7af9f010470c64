import os

from ministack.services import rds

from registry import correction


@correction("database endpoint")
def install(item):
    """Clusters and instances are at LOCAL_AWS_POSTGRES (host:port); the emulator starts a database only in Docker."""
    host, _, port = os.environ.get("LOCAL_AWS_POSTGRES", "").rpartition(":")
    if not host:
        return

    def placed(describe):
        def run(params):
            for cluster in rds._clusters.values():
                item.used()
                cluster.update(Endpoint=host, ReaderEndpoint=host, Port=int(port))
            for instance in rds._instances.values():
                instance["Endpoint"] = {**(instance.get("Endpoint") or {}), "Address": host, "Port": int(port)}
            return describe(params)

        return run

    for action in ("DescribeDBClusters", "DescribeDBInstances"):
        rds._ACTION_MAP[action] = placed(rds._ACTION_MAP[action])
