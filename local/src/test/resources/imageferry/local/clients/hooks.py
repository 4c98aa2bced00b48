"""The contract as one caller of one installation sees it: what OpenAPI 3.0 cannot say, or local mode does not have."""

import datetime
import os

import schemathesis


@schemathesis.hook
def before_load_schema(context, contract):
    schemas = contract["components"]["schemas"]
    # Local mode needs no signature: every caller on the loopback address may do everything.
    del contract["security"], contract["components"]["securitySchemes"]
    for operations in contract["paths"].values():
        for operation in operations.values():
            del operation["security"]
    # OpenAPI 3.0 has no keyword for the names of properties; 3.1 has that of JSON Schema.
    contract["openapi"] = "3.1.0"
    schemas["Tags"]["propertyNames"] = schemas["Tags"]["x-imageferry-property-names"]
    # The enabled regions are a parameter of the stack.
    schemas["Region"]["enum"] = os.environ["REGIONS"].split(",")
    # Callers import uploads under their own prefix, each upload once. These disks are raw, and have another checksum.
    schemas["ImportKey"]["enum"] = os.environ["IMPORT_KEYS"].split(",")
    schemas["ImportImageRequest"]["properties"]["format"] = {"type": "string", "enum": ["raw"]}
    schemas["ExpectedChecksum"]["enum"] = [schemas["ExpectedChecksum"]["example"]]
    # An image is public or in the marketplace, never both: a rule between two fields.
    schemas["ModifyImageRequest"]["properties"]["public"]["enum"] = [False]
    # Only months that have begun have a usage.
    schemas["Month"]["enum"] = [datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m")]
    # A token is valid for its own list. An invented one is refused, as NextTokensTest shows.
    del contract["components"]["parameters"]["nextToken"]
    for operations in contract["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [
                parameter
                for parameter in operation.get("parameters", [])
                if parameter.get("$ref") != "#/components/parameters/nextToken"
            ]


@schemathesis.hook
def map_query(context, query):
    """Names each tag once: no schema can say that of pairs, and two values of one tag are refused."""
    if query and isinstance(query.get("tag"), list):
        query["tag"] = list({str(pair).split("=")[0]: pair for pair in query["tag"]}.values())
    return query
