interface Page {
  next_cursor?: string | null;
  pagination?: { page: number; pages: number };
}

/** With longer headers, some clients reject the response. Filters can be as long as a request may be. */
const MAX_LENGTH = 4096;

/**
 * Link header (RFC 8288) of a page: `first`, `next`, and `prev` if pages are numbered. `null` for a response without pages, and if it would be too long.
 * @param target path and query of the request, below `/api`
 */
export function linksOf(target: string, data: unknown): string | null {
  const { next_cursor: cursor, pagination } = (data ?? {}) as Page;
  if (!pagination) return null;
  const [path, query] = target.split("?");
  const link = (relation: string, changes: Record<string, string>) => {
    const parameters = new URLSearchParams(query);
    for (const name of ["page", "cursor"]) parameters.delete(name);
    for (const [name, value] of Object.entries(changes)) parameters.set(name, value);
    return `</api${path}${parameters.size > 0 ? `?${parameters}` : ""}>; rel="${relation}"`;
  };
  const { page, pages } = pagination;
  const links = [link("first", {})];
  if (cursor) links.push(link("next", { cursor }));
  else if (page < pages) links.push(link("next", { page: String(page + 1) }));
  if (page > 1 && !new URLSearchParams(query).has("cursor")) links.push(link("prev", { page: String(page - 1) }));
  const text = links.join(", ");
  return text.length > MAX_LENGTH ? null : text;
}
