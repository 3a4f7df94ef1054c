"""Knows an address and an API token; everything else it reads in /openapi.json. Python's standard library only."""

import json
import sys
import urllib.parse
import urllib.request

base, token = sys.argv[1:3]


def fetch(path, query=None):
    url = base + path + ("?" + urllib.parse.urlencode(query, doseq=True) if query else "")
    request = urllib.request.Request(url, headers={"Authorization": "Bearer " + token})
    with urllib.request.urlopen(request, timeout=20) as response:
        return response.status, dict(response.headers), response.read()


document = json.loads(fetch("/openapi.json")[2])


def resolve(node):
    while "$ref" in node:
        at = document
        for part in node["$ref"].lstrip("#/").split("/"):
            at = at[part.replace("~1", "/").replace("~0", "~")]
        node = at
    return node


def missing(schema, value, where):
    """Names that the schema requires and the answer does not have."""
    schema = resolve(schema)
    if isinstance(value, dict):
        for name in schema.get("required", []):
            if name not in value:
                yield where + "." + name
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from missing(inner, value[name], where + "." + name)
    elif isinstance(value, list):
        for item in value:
            yield from missing(schema.get("items", {}), item, where + "[]")


# A cursor continues one list of rows, so it goes with no other order or page. A token has one team, and the example is another. What is collected by one
# of these dimensions is not collected by the others.
DIMENSIONS = ["provider", "app", "finish_reason", "end_user"]
ALONE = {"cursor", "team_id", *DIMENSIONS, *["exclude_" + name for name in DIMENSIONS]}

results = []
for path, methods in document["paths"].items():
    for method, operation in methods.items():
        if method != "get":
            continue
        if {"apiToken": []} not in operation["security"]:
            continue
        parameters = [p for p in operation.get("parameters", []) if p["in"] == "query"]
        everything = {
            p["name"]: p.get("example") or p["schema"]["examples"][0]
            for p in parameters
            if p["name"] not in ALONE
        }
        required = {p["name"]: p["example"] for p in parameters if p.get("required")}
        for query in [required, everything]:
            status, headers, body = fetch(path, query)
            response = operation["responses"][str(status)]
            media = headers["Content-Type"].split(";")[0]
            schema = response["content"][media]["schema"]
            always = [name for name in response["headers"] if document["components"]["headers"][name].get("required", True)]
            lacking = [name for name in always if name.lower() not in map(str.lower, headers)]
            if media == "application/json":
                lacking += missing(schema, json.loads(body), "body")
            results.append({"operation": operation["operationId"], "status": status, "media": media, "lacking": lacking})

print(json.dumps(results))
