from ministack.services import ec2
from registry import mend


@mend("prefix lists in rules")
def install(item):
    """A rule of a security group may name a prefix list; the emulator keeps the rule and forgets the list."""
    parse = ec2._parse_ip_permissions

    def parse_with_lists(params, prefix):
        permissions = parse(params, prefix)
        for number, permission in enumerate(permissions, start=1):
            lists = f"{prefix}.{number}.PrefixListIds"
            index = 1
            while name := ec2._p(params, f"{lists}.{index}.PrefixListId"):
                item.used()
                description = ec2._p(params, f"{lists}.{index}.Description")
                described = {"Description": description} if description else {}
                permission["PrefixListIds"].append({"PrefixListId": name, **described})
                index += 1
        return permissions

    ec2._parse_ip_permissions = parse_with_lists
