# API Gateway tells a function which account signed the call; LocalStack's tells nobody. It tells here, from the access key
# as all its other services do: 12 digits are an account. An unsigned call stays nobody's.
from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.services.apigateway.next_gen.execute_api.handlers.parse import InvocationRequestParser
from localstack.utils.aws.request_context import extract_access_key_id_from_auth_header

unnamed = InvocationRequestParser.create_context_variables


def named(context):
    variables = unnamed(context)
    key = extract_access_key_id_from_auth_header(context.request.headers)
    if key:
        account = get_account_id_from_access_key_id(key)
        variables["identity"].update(accessKey=key, accountId=account, userArn=f"arn:aws:iam::{account}:root")
    return variables


InvocationRequestParser.create_context_variables = staticmethod(named)
