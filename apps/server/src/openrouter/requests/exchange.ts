import http, { type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import https from "node:https";
import { createTunnelAgent, ProxyFailure } from "../../outgoing/tunnel.ts";
import { type BodyLimit, BodyTooLarge, discardBody, readText } from "./read-body.ts";

/** Shorter than the keep-alive time of servers, so that a request rarely uses a connection that is being closed. */
const IDLE_MS = 4000;

interface Sent {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
  /** For the whole exchange, including the last byte of the response. */
  timeoutMs: number;
  limit: BodyLimit;
}

export type Exchanged =
  /** `text` is empty for a status other than 200. */
  | { ok: true; status: number; headers: IncomingHttpHeaders; text: string }
  | { ok: false; why: "stopped" | "late" | "unreachable" | "too-large" }
  /** `status` is the status of the proxy's response; `null` if it cannot be reached. */
  | { ok: false; why: "proxy"; status: number | null };

/**
 * Sends requests over keep-alive connections, without fetch(), whose streams would take most of the time of a sync. Redirects are not
 * followed, because they would send the key to another server. After `signal` has aborted, every request ends as "stopped".
 */
export function createExchange(signal: AbortSignal | undefined, proxy: URL | null = null) {
  const options = { keepAlive: true, timeout: IDLE_MS };
  const agents = proxy
    ? {
        http: createTunnelAgent(proxy, { isSecure: false, options }),
        https: createTunnelAgent(proxy, { isSecure: true, options }),
      }
    : { http: new http.Agent(options), https: new https.Agent(options) };
  const underWay = new Set<http.ClientRequest>();
  signal?.addEventListener(
    "abort",
    () => {
      for (const request of underWay) request.destroy();
    },
    { once: true },
  );

  function send(url: URL, { method, headers, body }: Sent, onRequest: (request: http.ClientRequest) => void) {
    const isSecure = url.protocol === "https:";
    return new Promise<IncomingMessage>((resolve, reject) => {
      const request = (isSecure ? https : http).request(url, {
        method,
        agent: isSecure ? agents.https : agents.http,
        headers: {
          ...headers,
          "accept-encoding": "gzip",
          ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
        },
      });
      onRequest(request);
      request.on("response", resolve);
      request.on("upgrade", (_response, socket) => {
        socket.destroy();
        reject(new Error("unexpected protocol upgrade"));
      });
      request.on("error", reject);
      request.on("close", () => reject(new Error("closed without a response")));
      request.end(body);
    });
  }

  return async function exchange(url: URL, sent: Sent): Promise<Exchanged> {
    let request: http.ClientRequest | null = null;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      request?.destroy();
    }, sent.timeoutMs);
    const follow = (next: http.ClientRequest) => {
      if (request) underWay.delete(request);
      request = next;
      underWay.add(next);
      if (signal?.aborted) next.destroy();
    };
    try {
      const response = await send(url, sent, follow).catch((error) => {
        // The server closed the keep-alive connection before it read the request.
        const isStale = (request as http.ClientRequest | null)?.reusedSocket && error.code === "ECONNRESET";
        if (!isStale || isLate || signal?.aborted) throw error;
        return send(url, sent, follow);
      });
      const { statusCode: status = 0, headers } = response;
      if (status === 200) return { ok: true, status, headers, text: await readText(response, sent.limit) };
      await discardBody(response);
      return { ok: true, status, headers, text: "" };
    } catch (error) {
      if (error instanceof BodyTooLarge) return { ok: false, why: "too-large" };
      if (error instanceof ProxyFailure && !signal?.aborted) return { ok: false, why: "proxy", status: error.status };
      return { ok: false, why: signal?.aborted ? "stopped" : isLate ? "late" : "unreachable" };
    } finally {
      clearTimeout(timer);
      if (request) underWay.delete(request);
    }
  };
}
