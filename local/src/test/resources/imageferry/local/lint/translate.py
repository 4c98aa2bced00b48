"""translate.py TEMPLATE [SECOND [NAME=VALUE ...]] prints the CloudFormation that AWS makes of a SAM template, without asking AWS.

SECOND is the time of the translation since 1970, and NAME a parameter of the template.

What the template takes from other files is put in its place, so that a linter of the outcome sees all that is deployed.
"""

import json
import os
import sys
import time

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ELSEWHERE = "s3://bucket/key"


def read(path):
    with open(os.path.join(os.path.dirname(os.path.abspath(sys.argv[1])), path), encoding="utf-8") as file:
        return yaml_parse(file)


def plain(node):
    """Replaces expressions that cfn-lint does not know: a number for MaxConcurrency, and the partition of an ARN."""
    for key, value in node.items() if isinstance(node, dict) else []:
        if key == "MaxConcurrency" and str(value).startswith("{%"):
            node[key] = 40
        elif isinstance(value, str):
            node[key] = value.replace("${Partition}", "aws")
        plain(value)
    return node


if len(sys.argv) > 2:
    time.time = lambda: float(sys.argv[2])
parameters = dict(argument.split("=", 1) for argument in sys.argv[3:])

template = read(os.path.basename(sys.argv[1]))
machines = {}
for name, resource in template["Resources"].items():
    properties = resource.get("Properties", {})
    if resource["Type"] == "AWS::Serverless::Function":
        properties["CodeUri"] = ELSEWHERE
    if resource["Type"] == "AWS::Serverless::Api":
        properties["DefinitionBody"] = read(properties["DefinitionBody"]["Fn::Transform"]["Parameters"]["Location"])
    if resource["Type"] == "AWS::Serverless::StateMachine":
        machines[name] = plain(read(properties["DefinitionUri"]))
        properties["DefinitionUri"] = ELSEWHERE
        resource.pop("Metadata", None)

try:
    translated = Translator({}, Parser()).translate(template, parameters)
except InvalidDocumentException as refused:
    sys.exit("\n".join(cause.message for cause in refused.causes))

translated.pop("Transform", None)
for name, definition in machines.items():
    properties = translated["Resources"][name]["Properties"]
    del properties["DefinitionS3Location"]
    properties["Definition"] = definition
json.dump(translated, sys.stdout, indent=1)
