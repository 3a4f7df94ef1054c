import { argumentError } from "./errors.ts";

/**
 * An input as the query of a URL; lists are repeated parameters.
 * @throws ValidationError for `null` and for an empty list, which have no place in a URL: the server would return everything
 */
export function toQuery(input: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const items: unknown[] = Array.isArray(value) ? value : [value];
    if (items.length === 0) throw argumentError(name, "must name at least one; leave it out for all");
    for (const item of items) {
      if (item === undefined || item === null) throw argumentError(name, "must not be null; leave it out for all");
      query.append(name, String(item));
    }
  }
  const text = query.toString();
  return text && `?${text}`;
}
