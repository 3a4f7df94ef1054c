// Descriptions of the operations and their fields: as in the OpenAPI document, or from below if it has none.
import fs from "node:fs";
import path from "node:path";

const { paths, components } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, "../../../apps/server/openapi.json"), "utf8"),
);

const FIRST_DAY = "First day of the range (UTC), inclusive, in `YYYY-MM-DD` format.";
const LAST_DAY = "Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days.";
const UNKNOWN = "`null` if unknown: spend known only from a key's counters has no counts.";

const FIELD_DOCS = {
  "keys.output.items.stats": "Totals of the key since it was added.",
  stats: "Usage totals of a range of days.",
  usage:
    "Usage by day, key and model, one page at a time. Sorted by day (newest first), then by key name, model and key ID.",
  keys: "All keys with their totals, sorted by name.",
  breakdowns: "Usage of a range, grouped by one dimension. The sum of the items and `others` is `total`.",
  "breakdowns.input.api_key_id":
    "Return only usage of these keys, at most 1000. An ID that is not yours matches nothing.",
  "breakdowns.input.account_id": "Return only usage of this OpenRouter account.",
  "breakdowns.input.model": "Return only usage of these models, at most 200, by their exact slugs.",
  "breakdowns.input.start_date": FIRST_DAY,
  "breakdowns.input.end_date": LAST_DAY,
  "usage.input.start_date": FIRST_DAY,
  "usage.input.end_date": LAST_DAY,
  "stats.input.start_date":
    "First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: 29 days before the end.",
  "stats.input.end_date":
    "Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: today. A range has at most 366 days.",
  "breakdowns.output.total.byok_cost": "Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter.",
  days: "Number of days in the range, inclusive.",
  summary: "Totals of the range.",
  period: "The range of the totals.",
  total_requests: `Number of requests. ${UNKNOWN}`,
  total_tokens: `Input and output tokens combined. ${UNKNOWN}`,
  total_tokens_input: `Prompt tokens, including cached ones. ${UNKNOWN}`,
  total_tokens_output: `Completion tokens, including reasoning. ${UNKNOWN}`,
  api_key_id:
    "ID of the key, as in `keys.list()`. `null` for usage of an OpenRouter account that belongs to no key in orwatch; see `kind`.",
  "usage.input.api_key_id": "Return only usage of these keys, at most 1000. An ID that is not yours matches nothing.",
  api_key_name: "Current name of the key.",
  model: "Model slug, such as `openai/gpt-5`. `(unattributed)` for spend whose model is unknown.",
  "usage.input.model": "Return only usage of these models, at most 200, by their exact slugs.",
  items: "Rows of this page.",
  "keys.output.items": "All keys, including those that are turned off.",
  pagination: "Position of this page.",
  "usage.output.pagination.page": "Number of this page, starting at 1.",
  "usage.output.pagination.limit": "Maximum number of rows per page.",
  pages: "Total number of pages; 0 if there are no rows.",
  total: "Total number of rows.",
  "keys.output.total": "Total number of keys.",
  requests_count: `Number of requests. ${UNKNOWN}`,
  tokens_input: `Prompt tokens, including cached ones. ${UNKNOWN}`,
  tokens_output: `Completion tokens, including reasoning. ${UNKNOWN}`,
  id: "ID of the key.",
  name: "Name of the key in orwatch.",
  is_active: "Whether the key is turned on.",
  forecast: "Expected spend of the current month, and when limits and credits run out.",
  key_name: "Name of the key in orwatch.",
  runs_out_on: "Expected day on which nothing is left (UTC). `null` unless `verdict` is `runs_out`.",
  limit_reset: "How often the limit resets: `daily`, `weekly` or `monthly`. `null` if never.",
  includes_byok: "Whether spend on your own provider keys (BYOK) counts against the limit.",
  resets_at: "Next reset of the limit. `null` if it never resets.",
  compared: "Number of forecasts of months that have ended.",
  past: "Past forecasts.",
};

const operationOf = (name) => Object.values(paths[`/api/v1/${name}`] ?? {})[0];

/** The object that a schema describes, behind references, lists and `null`. */
function objectOf(schema) {
  if (!schema) return undefined;
  if (schema.$ref) return objectOf(components.schemas[schema.$ref.split("/").at(-1)]);
  if (schema.items) return objectOf(schema.items);
  if (schema.anyOf) return schema.anyOf.map(objectOf).find((found) => found?.properties);
  return schema.properties ? schema : undefined;
}

function describedInDocument([operation, side, ...names]) {
  const found = operationOf(operation);
  if (side === "input") {
    const parameter = found?.parameters?.find(({ name }) => name === names[0]);
    return parameter?.description ?? parameter?.schema.description;
  }
  let schema = found?.responses?.["200"]?.content["application/json"].schema;
  for (const name of names) schema = objectOf(schema)?.properties[name];
  return schema?.description;
}

/** Of an operation such as `stats`. */
export const describeOperation = (name) => FIELD_DOCS[name] ?? operationOf(name)?.description;

/** Of the field at a place such as `["stats", "output", "summary"]`. `undefined` if no one has said it. */
export const describeField = (place) =>
  FIELD_DOCS[place.join(".")] ?? describedInDocument(place) ?? FIELD_DOCS[place.at(-1)];
