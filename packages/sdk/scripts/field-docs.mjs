// Descriptions of the fields in the SDK: by name, or by procedure, side and name if they differ.
const SPEND =
  "Exact amount in USD, as a decimal string with 2 to 9 fractional digits. `parseMoney` converts it to nano-dollars.";
const UNKNOWN = "`null` if unknown: spend known only from a key's counters has no counts.";
const REPORTED = "as OpenRouter reports it, with its sign. `null` if unknown.";

export const FIELD_DOCS = {
  v1: "Endpoints for API tokens.",
  stats: "Totals of the key since it was added.",
  "v1.stats": "Usage totals of a range of days.",
  "v1.usage":
    "Usage by day, key and model, one page at a time. Sorted by day (newest first), then by key name, model and key ID.",
  "v1.keys": "All keys with their totals, sorted by name.",
  "v1.breakdowns": "Usage of a range, grouped by one dimension. The sum of the items and `others` is `total`.",
  dimension:
    "Dimension to group by. `user` (member) and `workspace` are only known for whole accounts, so they are unknown with `api_key_id`.",
  "v1.breakdowns.input.api_key_id":
    "Return only usage of these keys, at most 1000. An ID that is not yours matches nothing.",
  "v1.breakdowns.input.account_id": "Return only usage of this OpenRouter account.",
  "v1.breakdowns.input.model": "Return only usage of these models, at most 200, by their exact slugs.",
  "v1.breakdowns.input.limit":
    "Maximum number of values to return, 1 to 10000. `others` has the sum of the rest. Default: 1000. Hours are always returned completely.",
  "v1.breakdowns.output.items": "Most expensive value first, hours by time.",
  "v1.breakdowns.output.total": "All usage of the range.",
  value:
    "Untrusted text from OpenRouter, such as the name of a provider; for `hour`, the start of the hour; for `weekday_hour`, `0-0` (Monday) to `6-23`. `null` for usage whose value is unknown.",
  values: "Number of values in this sum.",
  others: "Sum of the values beyond `limit`. `null` if there are none.",
  since: "First day with data. `null` if there is none.",
  byok_cost: "Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter.",
  latency_p50_ms:
    "Median latency in milliseconds, averaged over days, keys and models by their requests. `null` if unknown.",
  latency_p95_ms: "95th percentile of the latency, averaged in the same way. `null` if unknown.",
  throughput_p50: "Median tokens per second, averaged in the same way. `null` if unknown.",
  throughput_p95: "95th percentile of the tokens per second, averaged in the same way. `null` if unknown.",
  start_date: "First day of the range (UTC), inclusive, in `YYYY-MM-DD` format.",
  end_date: "Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days.",
  "v1.stats.input.start_date":
    "First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: 29 days before the end.",
  "v1.stats.input.end_date":
    "Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: today. A range has at most 366 days.",
  days: "Number of days in the range, inclusive.",
  summary: "Totals of the range.",
  period: "The range of the totals.",
  total_requests: `Number of requests. ${UNKNOWN}`,
  total_cost: SPEND,
  total_tokens: `Input and output tokens combined. ${UNKNOWN}`,
  total_tokens_input: `Prompt tokens, including cached ones. ${UNKNOWN}`,
  total_tokens_output: `Completion tokens, including reasoning. ${UNKNOWN}`,
  page: "Page number, starting at 1. Default: 1.",
  limit: "Maximum number of rows per page, 1 to 1000. Default: 100.",
  api_key_id:
    "ID of the key, as in `keys.list()`. `null` for usage of an OpenRouter account that belongs to no key in orwatch; see `kind`.",
  kind: "`null` for usage of a key. Usage that belongs to no key here: of keys that are not watched, of deleted keys, of the chatroom, or not attributed to a key (`unknown`).",
  account_id: "ID of the OpenRouter account. `null` if unknown.",
  "v1.usage.input.api_key_id":
    "Return only usage of these keys, at most 1000. An ID that is not yours matches nothing.",
  api_key_name: "Current name of the key.",
  model: "Model slug, such as `openai/gpt-5`. `(unattributed)` for spend whose model is unknown.",
  "v1.usage.input.model": "Return only usage of these models, at most 200, by their exact slugs.",
  items: "Rows of this page.",
  "v1.keys.output.items": "All keys, including those that are turned off.",
  pagination: "Position of this page.",
  "v1.usage.output.pagination.page": "Number of this page, starting at 1.",
  "v1.usage.output.pagination.limit": "Maximum number of rows per page.",
  pages: "Total number of pages; 0 if there are no rows.",
  total: "Total number of rows.",
  "v1.keys.output.total": "Total number of keys.",
  date: "UTC date in `YYYY-MM-DD` format.",
  requests_count: `Number of requests. ${UNKNOWN}`,
  tokens_input: `Prompt tokens, including cached ones. ${UNKNOWN}`,
  tokens_output: `Completion tokens, including reasoning. ${UNKNOWN}`,
  cost: SPEND,
  reasoning_tokens: "Part of `tokens_output`. `null` if unknown.",
  cached_tokens: "Part of `tokens_input` that was read from a prompt cache. `null` if unknown.",
  byok_requests: "Part of `requests_count` on your own provider keys. `null` if unknown.",
  upstream_cost: `What providers charge, ${REPORTED}`,
  cache_saving: `Effect of prompt caching on the cost, ${REPORTED}`,
  data_discount: `Discount for sharing data, mostly negative, ${REPORTED}`,
  web_search_cost: `Cost of web search, ${REPORTED}`,
  id: "ID of the key.",
  name: "Name of the key in orwatch.",
  is_active: "Whether the key is turned on.",
};
