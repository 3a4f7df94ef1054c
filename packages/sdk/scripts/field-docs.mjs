// Descriptions of the operations and their fields, as in the OpenAPI document.
import fs from "node:fs";
import path from "node:path";

const { paths, components } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, "../../../apps/server/openapi.json"), "utf8"),
);

const operations = new Map(
  Object.values(paths).flatMap((item) => Object.values(item).map((operation) => [operation.operationId, operation])),
);
const operationOf = (name) => operations.get(`v1${name[0].toUpperCase()}${name.slice(1)}`);

/** The object that a schema describes, behind references, lists and `null`. */
function objectOf(schema) {
  if (!schema) return undefined;
  if (schema.$ref) return objectOf(components.schemas[schema.$ref.split("/").at(-1)]);
  if (schema.items) return objectOf(schema.items);
  if (schema.anyOf) return schema.anyOf.map(objectOf).find((found) => found?.properties);
  return schema.properties ? schema : undefined;
}

/** Of the field at a place such as `["stats", "output", "summary"]`. `undefined` if it has none. */
export function describeField([operation, side, ...names]) {
  const found = operationOf(operation);
  if (side === "input") {
    const parameter = found?.parameters?.find(({ name }) => name === names[0]);
    const field = found?.requestBody?.content["application/json"].schema.properties[names[0]];
    return field?.description ?? parameter?.description ?? parameter?.schema.description;
  }
  const success = found?.responses["200"] ?? found?.responses["201"];
  let schema = success?.content["application/json"].schema;
  for (const name of names) schema = objectOf(schema)?.properties[name];
  return schema?.description;
}

/** Of an operation such as `stats`. */
export const describeOperation = (name) => operationOf(name)?.description;
