"""Tags of EC2 resources, which are created without them."""

from api import client
from handlers import tag_map


def retag(resource, old, new):
    gone = tag_map(old.get("Tags")).keys() - tag_map(new.get("Tags")).keys()
    if gone:
        client("ec2").delete_tags(Resources=[resource], Tags=[{"Key": key} for key in gone])
    if new.get("Tags"):
        client("ec2").create_tags(Resources=[resource], Tags=new["Tags"])
