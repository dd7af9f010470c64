from api import client
from handlers import add_stack_tags, after
from lifecycle import rule_of
from registry import correction


@correction("bucket lifecycle")
def lifecycle(item):
    """The lifecycle rules of a bucket in a template, which the emulator drops."""

    def put(bucket, props, old):
        configuration = props.get("LifecycleConfiguration")
        if configuration:
            item.used()
            rules = {"Rules": [rule_of(rule) for rule in configuration["Rules"]]}
            client("s3").put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration=rules)
        elif old.get("LifecycleConfiguration"):
            client("s3").delete_bucket_lifecycle(Bucket=bucket)

    after("AWS::S3::Bucket", put)


@correction("bucket tags")
def tags(item):
    """The tags of a bucket in a template and of its stack, which the emulator drops."""

    def put(bucket, props, old):
        if props.get("Tags"):
            item.used()
            client("s3").put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": props["Tags"]})
        elif old.get("Tags"):
            client("s3").delete_bucket_tagging(Bucket=bucket)

    add_stack_tags("AWS::S3::Bucket")
    after("AWS::S3::Bucket", put)
