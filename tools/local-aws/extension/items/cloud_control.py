import json

from ministack.core.responses import json_response
from ministack.services import cloudcontrol, cloudformation, ec2, tagging

from registry import correction


def is_of_a_stack(kind, identifier):
    return any(
        resource.get("ResourceType") == kind and resource.get("PhysicalResourceId") == identifier
        for stack in cloudformation._stacks.values()
        for resource in stack.get("_resources", {}).values()
    )


def tags_of(service, identifier):
    """What the service tells; it lists nothing that has no tags."""
    for arn, tags in tagging._COLLECTORS[service]():
        if arn.endswith((f":{identifier}", f"/{identifier}")):
            return tags
    return []


def allocation_of(address):
    """By the state of the service: a call would wait for itself."""
    known = (one for one, record in ec2._addresses.items() if record["PublicIp"] == address)
    return next(known, address)


@correction("cloud control")
def install(item):
    """Cloud Control reads the tags of what a stack made; the emulator knows only what Cloud Control made itself."""
    get_own = cloudcontrol._get_resource

    def get(data):
        kind, identifier = data.get("TypeName", ""), data.get("Identifier", "")
        service = kind.split("::")[1].lower() if kind.count("::") == 2 else ""
        if service not in tagging._COLLECTORS or not is_of_a_stack(kind, identifier):
            return get_own(data)
        item.used()
        # The tagging API of the emulator lists no logical ids, by which an address would be found.
        known_as = allocation_of(identifier) if kind == "AWS::EC2::EIP" else identifier
        properties = json.dumps({"Tags": tags_of(service, known_as)})
        description = {"Identifier": identifier, "Properties": properties}
        return json_response({"TypeName": kind, "ResourceDescription": description})

    cloudcontrol._get_resource = get
