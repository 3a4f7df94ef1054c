import type { Operations } from "../operations.d.ts";
import type { RequestOptions } from "../options.ts";
import { foreignAnswer, isObject, parseJson } from "./answer.ts";
import { type ApiPromise, toApiPromise } from "./api-promise.ts";
import { toQuery } from "./query.ts";
import type { Transport } from "./transport.ts";

/** Characters of all responses that a client keeps to revalidate them. */
const MAX_KEPT = 2_000_000;

/** A field that the response of an operation has for certain. */
export type Field<Name extends keyof Operations> = keyof Operations[Name]["output"] & string;

interface Call {
  method?: "POST" | "PUT";
  /** Default: the name of the operation. */
  path?: string;
  input?: object | undefined;
  limits?: RequestOptions | undefined;
}

/** Only these are text. */
const isPart = (value: unknown, field: string) =>
  /^(version|name)$/.test(field) ? typeof value === "string" : isObject(value);

/** Calls operations of `/api/v1`. A response that the client has already is not sent again unless it changed. */
export function createRest(transport: Transport) {
  /** Responses by path, those used last. Text and not objects, so that a caller may change what it gets. */
  const kept = new Map<string, { etag: string; text: string }>();

  function keep(path: string, etag: string, text: string): void {
    kept.delete(path);
    kept.set(path, { etag, text });
    let size = 0;
    for (const [old, { text }] of [...kept].reverse())
      if (size + text.length > MAX_KEPT) kept.delete(old);
      else size += text.length;
  }

  /** @throws ApiError when the response lacks one of `fields` and so is not what orwatch answers */
  return <Name extends keyof Operations>(
    name: Name,
    fields: Field<Name>[],
    { method, path = name, input = {}, limits }: Call,
  ): ApiPromise<Operations[Name]["output"]> => {
    const send = async () => {
      const url = `/api/v1/${path}${method ? "" : toQuery(input)}`;
      const known = kept.get(url);
      const request = { path: url, etag: known?.etag, limits, method, body: method && input };
      return transport.send(request, async (response, deadline) => {
        const text = response.status === 304 && known ? known.text : await deadline.race(response.text());
        deadline.end();
        const data = parseJson(text);
        if (!isObject(data) || !fields.every((field) => isPart(data[field], field)))
          throw foreignAnswer(response, transport.baseUrl);
        const etag = response.headers.get("ETag");
        if (etag && !method) keep(url, etag, text);
        return data as Operations[Name]["output"];
      });
    };
    return toApiPromise(send());
  };
}
