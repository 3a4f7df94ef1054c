import type { Limits } from "../options.ts";
import { foreignAnswer, isObject, parseJson } from "./answer.ts";
import type { WithResponse } from "./api-promise.ts";
import { toQuery } from "./query.ts";
import type { Transport } from "./transport.ts";

interface Kept {
  etag: string;
  text: string;
}

/** Characters of all responses that a client keeps to revalidate them. */
const MAX_KEPT = 2_000_000;

/** Responses by path, those used last. Text and not objects, so that a caller may change what it gets. */
function createCache() {
  const kept = new Map<string, Kept>();
  let size = 0;

  function remove(path: string): void {
    size -= kept.get(path)?.text.length ?? 0;
    kept.delete(path);
  }

  return {
    get: (path: string) => kept.get(path),
    put(path: string, response: Kept): void {
      remove(path);
      if (response.text.length > MAX_KEPT) return;
      kept.set(path, response);
      size += response.text.length;
      for (const oldest of kept.keys()) {
        if (size <= MAX_KEPT) break;
        remove(oldest);
      }
    },
  };
}

/** Only the version is text. */
const isPart = (value: unknown, field: string) =>
  /^(version|name)$/.test(field) ? typeof value === "string" : isObject(value);

/** Calls operations of `/api/v1`. A response that the client has already is not sent again unless it changed. */
export function createRest(transport: Transport) {
  const { baseUrl } = transport;
  const cache = createCache();

  /** @throws ApiError when the response lacks one of `fields` and so is not what orwatch answers */
  return async function call<T>(
    operation: string,
    {
      input,
      fields,
      limits,
      method,
    }: { input: object; fields: string[]; limits: Limits; method?: "POST" | "PUT" | undefined },
  ): Promise<WithResponse<T>> {
    const path = `/api/v1/${operation}${method ? "" : toQuery(input)}`;
    const known = method ? undefined : cache.get(path);
    const request = { path, etag: known?.etag, limits, method, body: method && input };
    return transport.send(request, async ({ response, deadline }) => {
      const text = response.status === 304 && known ? known.text : await deadline.race(response.text());
      deadline.end();
      const data = parseJson(text);
      if (!isObject(data) || !fields.every((field) => isPart(data[field], field)))
        throw foreignAnswer(response, baseUrl);
      const etag = response.headers.get("ETag");
      if (etag && !method) cache.put(path, { etag, text });
      return data as T;
    });
  };
}
