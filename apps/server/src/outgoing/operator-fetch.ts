import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { findProxy, type Proxies } from "./proxy.ts";
import { createTunnelAgent } from "./tunnel.ts";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

/** No response, or one that is too large. The message contains no more than the host. */
export class OperatorFetchError extends Error {
  override name = "OperatorFetchError";
}

interface FetchInit {
  method?: string;
  headers?: Headers | Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

export type OperatorFetch = (url: string, init?: FetchInit) => Promise<Response>;

export interface OperatorFetchOptions {
  proxies: Proxies;
  /** Default 10 s. */
  timeoutMs?: number;
}

/**
 * A fetch() for servers that the operator has configured, such as an identity provider, and whose addresses may therefore be private. It uses
 * the proxies of the configuration, does not follow redirects, and reads at most 1 MiB.
 */
export function createOperatorFetch({ proxies, timeoutMs = TIMEOUT_MS }: OperatorFetchOptions): OperatorFetch {
  return async (address, init = {}) => {
    const url = new URL(address);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout;
    try {
      const response = await send(url, { ...init, signal }, findProxy(url, proxies));
      return await toResponse(response);
    } catch (cause) {
      const why = timeout.aborted ? "no response in time" : ((cause as NodeJS.ErrnoException).code ?? String(cause));
      throw new OperatorFetchError(`${url.host}: ${why}`, { cause });
    }
  };
}

function send(url: URL, init: FetchInit, proxy: URL | null): Promise<IncomingMessage> {
  const isSecure = url.protocol === "https:";
  const body = init.body === undefined || init.body === null ? undefined : Buffer.from(String(init.body));
  return new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).request(url, {
      method: init.method ?? "GET",
      agent: proxy ? createTunnelAgent(proxy, { isSecure }) : false,
      headers: {
        ...Object.fromEntries(new Headers(init.headers)),
        "user-agent": "orwatch",
        "accept-encoding": "identity",
        ...(body === undefined ? {} : { "content-length": body.length }),
      },
      ...(init.signal ? { signal: init.signal } : {}),
    });
    request.on("response", resolve);
    request.on("upgrade", (_response, socket) => {
      socket.destroy();
      reject(new Error("unexpected protocol upgrade"));
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function toResponse(message: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Error("the response is larger than 1 MiB");
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const status = message.statusCode ?? 0;
  // The constructor accepts neither a body nor other statuses for these.
  const isEmpty = [204, 205, 304].includes(status);
  if (status < 200 || status > 599) throw new Error(`unexpected status ${status}`);
  return new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers });
}
