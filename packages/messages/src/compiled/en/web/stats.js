// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  day: "Day",
  week: "Week",
  month: "Month",
  wholeRange: "Whole range",
  model: "Model",
  key: "Key",
  requests: "Requests",
  tokensIn: "Input tokens",
  tokensOut: "Output tokens",
  cost: "Cost (USD)",
  byok: "BYOK (USD)",
  byokHint: "Estimated spend on your own provider keys. Not charged by OpenRouter and not part of the cost.",
  table: (d) => "Usage by " + d.groups,
  weekOf: (d) => "Week of " + d.day,
  soFar: "so far",
  open: (d) => "Show only " + d.name,
  sum: (d) => "Total of " + plural(d.count, 0, en, { one: number("en", d.count, 0) + " row", other: number("en", d.count, 0) + " rows" }),
  known: (d) => "Data for " + number("en", d.known, 0) + " of " + plural(d.asked, 0, en, { one: number("en", d.asked, 0) + " day", other: number("en", d.asked, 0) + " days" }) + ". No data, and therefore no rows: " + d.days + ".",
  allKnown: "All days of this range have data. Days without usage have no rows.",
  noDataTitle: "No data for these days",
  noDataBody: "These keys were not watched yet on these days. No data does not mean no usage.",
  noKeysTitle: "No keys yet",
  noUsageTitle: "No usage in this range",
  noUsageBody: "There is data for these days, but no matching usage.",
  longer: (d) => "Show the last " + plural(d.count, 0, en, { one: number("en", d.count, 0) + " day", other: number("en", d.count, 0) + " days" })
}
