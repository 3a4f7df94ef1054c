import { argumentError } from "../errors.ts";

const FILTERS = new Set(["api_key_id", "model"]);

/** An ID that no key has. */
const NO_KEY = Number.MAX_SAFE_INTEGER;

/**
 * An input as the query of a URL; lists are repeated parameters. An empty list of a filter selects nothing, an empty list of anything
 * else is as if it was left out.
 * @throws ValidationError for `null`
 */
export function toQuery(input: object): string {
  const query = new URLSearchParams();
  let selectsNothing = false;
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const items: unknown[] = Array.isArray(value) ? value : [value];
    if (items.length === 0 && FILTERS.has(name)) selectsNothing = true;
    for (const item of items) {
      if (item === undefined || item === null) throw argumentError(name, "must not be null; leave it out for all");
      query.append(name, String(item));
    }
  }
  // A URL has no empty lists, and without the parameter the server would return everything.
  if (selectsNothing) query.set("api_key_id", String(NO_KEY));
  const text = query.toString();
  return text && `?${text}`;
}
