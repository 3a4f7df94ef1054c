import { argumentError } from "../errors.ts";

/** No key has this ID, and no model this name. */
const NOTHING = `${Number.MAX_SAFE_INTEGER}`;

/**
 * An input as the query of a URL; lists are repeated parameters. An empty list of a filter selects nothing, an empty list of anything
 * else is as if it was left out.
 * @throws ValidationError for `null`
 */
export function toQuery(input: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const items: unknown[] = [value].flat();
    // A URL has no empty lists, and without the parameter the server would return everything.
    if (items.length === 0 && /^(api_key_id|model)$/.test(name)) items.push(NOTHING);
    for (const item of items) {
      if (item === undefined || item === null) throw argumentError(name, "must not be null; leave it out for all");
      query.append(name, String(item));
    }
  }
  return query.size ? `?${query}` : "";
}
