from ministack.services import secretsmanager

from handlers import replace
from registry import correction


def name_of(arn):
    return next((name for name, secret in secretsmanager._secrets.items() if secret["ARN"] == arn), arn)


@correction("secret reference")
def install(item):
    """Ref of a secret is its ARN; the emulator gives the name, which no policy matches."""

    def create(native, *arguments):
        item.used()
        _, attributes = native(*arguments)
        return attributes["Id"], attributes

    def update(native, arn, *arguments):
        _, attributes = native(name_of(arn), *arguments)
        return attributes["Id"], attributes

    def delete(native, arn, *arguments):
        native(name_of(arn), *arguments)

    replace("AWS::SecretsManager::Secret", create=create, update=update, delete=delete)
