import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { OrwatchError } from "../errors.ts";
import type { ClientOptions, RequestOptions } from "../options.ts";
import { errorOfResponse, type Fields, foreignAnswer, isObject, parseJson } from "../transport/answer.ts";
import { follow } from "../transport/deadline.ts";
import { createTransport } from "../transport/transport.ts";
import type { AppRouter } from "./app-router.d.ts";

export type { AppRouter } from "./app-router.d.ts";

/**
 * Link for your own tRPC client, with the timeouts, retries and options of the SDK:
 * `createTRPCClient<AppRouter>({ links: [orwatchLink({ baseUrl, token })] })`. Sends one request per call to `/trpc`. Errors are
 * `TRPCClientError`s with the server's `data` and with the error of the SDK as their `cause`. Pass options of a call in its
 * `context: { timeoutMs, maxRetries }`.
 * @throws ValidationError if the URL or API token is missing or invalid
 */
export function orwatchLink(options: ClientOptions = {}): TRPCLink<AppRouter> {
  const transport = createTransport(options, readTrpcError);

  async function call(
    { type, path, input }: { type: string; path: string; input: unknown },
    limits: RequestOptions,
  ): Promise<unknown> {
    const isChange = type === "mutation";
    const query = input === undefined || isChange ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const { data } = await transport.send(
      {
        path: `/trpc/${path}${query}`,
        limits,
        ...(isChange && { method: "POST", body: input ?? {} }),
      },
      async (response, deadline) => {
        const body = parseJson(await deadline.race(response.text()));
        deadline.end();
        const result = isObject(body) && isObject(body.result) ? body.result.data : undefined;
        if (result === undefined) throw foreignAnswer(response, transport.baseUrl);
        return result;
      },
    );
    return data;
  }

  return () =>
    ({ op }) =>
      observable((observer) => {
        const controller = new AbortController();
        const abort = () => controller.abort(op.signal?.reason);
        if (op.signal?.aborted) abort();
        const unfollow = follow(op.signal, abort);
        const { timeoutMs, maxRetries } = op.context as RequestOptions;
        call(op, { signal: controller.signal, timeoutMs, maxRetries }).then(
          (data) => {
            observer.next({ result: { type: "data", data } });
            observer.complete();
          },
          (error) => observer.error(toTrpcError(error)),
        );
        return () => {
          unfollow();
          controller.abort();
        };
      });
}

/** In tRPC, most of what REST has in an error is in its `data`. The error as it is travels in the cause. */
function readTrpcError(response: Response, text: string, baseUrl: string): OrwatchError {
  const body = parseJson(text);
  const error = isObject(body) && isObject(body.error) ? body.error : null;
  if (!error) return errorOfResponse(response, { body, baseUrl });
  const data: Fields = isObject(error.data) ? error.data : {};
  return errorOfResponse(response, { body: { ...data, message: error.message }, baseUrl, cause: { error } });
}

function toTrpcError(error: Error): TRPCClientError<AppRouter> {
  const { error: shape } = (error.cause ?? {}) as { error?: object };
  return new TRPCClientError<AppRouter>(error.message, {
    cause: error,
    ...(shape ? { result: { error: shape } as never } : {}),
  });
}
