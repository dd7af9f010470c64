"""Lifecycle rules of a bucket: CloudFormation and S3 have different words for the same."""

from handlers import pick

KNOWN = {
    "AbortIncompleteMultipartUpload",
    "ExpirationInDays",
    "ExpiredObjectDeleteMarker",
    "Id",
    "NoncurrentVersionExpiration",
    "NoncurrentVersionTransitions",
    "ObjectSizeGreaterThan",
    "ObjectSizeLessThan",
    "Prefix",
    "Status",
    "TagFilters",
    "Transitions",
}


def rule_of(rule):
    """A rule of a template as S3 wants it."""
    unknown = rule.keys() - KNOWN
    if unknown:
        raise ValueError(f"The local AWS does not know this of a lifecycle rule: {', '.join(sorted(unknown))}")
    return {
        "Status": rule["Status"],
        "Filter": filter_of(rule),
        **({"ID": rule["Id"]} if "Id" in rule else {}),
        **expiration_of(rule),
        **transitions_of(rule, "Transitions", "Days"),
        **transitions_of(rule, "NoncurrentVersionTransitions", "NoncurrentDays"),
        **pick(rule, "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"),
    }


def filter_of(rule):
    """One condition is written alone, several are written in `And`."""
    parts = pick(rule, "Prefix", "ObjectSizeGreaterThan", "ObjectSizeLessThan")
    tags = rule.get("TagFilters") or []
    if len(parts) + len(tags) > 1:
        return {"And": {**parts, **({"Tags": tags} if tags else {})}}
    return {"Tag": tags[0]} if tags else parts or {"Prefix": ""}


def expiration_of(rule):
    if "ExpirationInDays" in rule:
        return {"Expiration": {"Days": int(rule["ExpirationInDays"])}}
    if "ExpiredObjectDeleteMarker" in rule:
        return {"Expiration": {"ExpiredObjectDeleteMarker": rule["ExpiredObjectDeleteMarker"]}}
    return {}


def transitions_of(rule, name, days):
    transitions = [
        {days: int(entry["TransitionInDays"]), **pick(entry, "StorageClass", "NewerNoncurrentVersions")}
        for entry in rule.get(name) or []
    ]
    return {name: transitions} if transitions else {}
