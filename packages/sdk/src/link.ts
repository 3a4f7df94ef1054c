import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "./app-router.d.ts";
import type { RequestOptions } from "./options.ts";

/** Lets a tRPC client send through the SDK: one request a call, with its time-outs, retries and errors. */
export function createLink(
  call: (procedure: string, input: unknown, limits: RequestOptions) => Promise<unknown>,
): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const controller = new AbortController();
        const abort = () => controller.abort(op.signal?.reason);
        if (op.signal?.aborted) abort();
        op.signal?.addEventListener("abort", abort, { once: true });
        const { timeoutMs, maxRetries } = op.context as RequestOptions;
        call(op.path, op.input, { signal: controller.signal, timeoutMs, maxRetries }).then(
          (data) => {
            observer.next({ result: { type: "data", data } });
            observer.complete();
          },
          (error) => observer.error(toTrpcError(error)),
        );
        return () => {
          op.signal?.removeEventListener("abort", abort);
          controller.abort();
        };
      });
}

/**
 * The server's own shape of an error travels in the cause of the SDK's. Another copy of tRPC does not know this one's class, but takes
 * the shape from anything that has it in `error`.
 */
function toTrpcError(error: Error): TRPCClientError<AppRouter> {
  const { error: shape } = (error.cause ?? {}) as { error?: object };
  if (!shape) return new TRPCClientError(error.message, { cause: error });
  const failure = new TRPCClientError<AppRouter>(error.message, { cause: error, result: { error: shape } as never });
  return Object.defineProperty(failure, "error", { value: shape });
}
