import type { LookupAddress } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { type Message, type MessageCode, message } from "@orwatch/messages/message";
import { createTunnelAgent, ProxyFailure } from "./tunnel.ts";

const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

export type Exchanged =
  | { ok: true; status: number; answer: string; retryAfterS: number | null }
  | { ok: false; error: Message };

/** Sends one POST over its own connection to one of `addresses`, without resolving the name in `url` again. */
export function exchange(input: {
  url: URL;
  headers: Record<string, string>;
  body: string;
  addresses: LookupAddress[];
  /** Proxy that connects to the first of `addresses`; `null` for a direct connection. */
  proxy: URL | null;
  signal: AbortSignal;
  ca: string | undefined;
}): Promise<Exchanged> {
  const { url, addresses, proxy, signal, ca } = input;
  const body = Buffer.from(input.body);
  const isSecure = url.protocol === "https:";
  const { request } = isSecure ? https : http;
  const name = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const req = request(url, {
      method: "POST",
      // A keep-alive connection of an earlier attempt could be to another address.
      agent: proxy ? createTunnelAgent(proxy, { isSecure }) : false,
      ...(proxy ? { hostname: addresses[0]?.address, servername: isIP(name) === 0 ? name : "" } : {}),
      lookup: (_host, { all }, done) => {
        const [first] = addresses;
        if (all) done(null, addresses);
        else if (first) done(null, first.address, first.family);
      },
      headers: {
        host: url.host,
        "user-agent": "orwatch",
        accept: "*/*",
        "accept-encoding": "identity",
        ...input.headers,
        "content-length": body.length,
      },
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
      ...(ca === undefined ? {} : { ca }),
    });
    let hasStatus = false;
    req.on("response", async (res) => {
      hasStatus = true;
      const answer = await readSome(res);
      resolve({
        ok: true,
        status: res.statusCode ?? 0,
        answer,
        retryAfterS: readRetryAfter(res.headers["retry-after"]),
      });
      req.destroy();
    });
    req.on("error", (error) => {
      if (!hasStatus) resolve({ ok: false, error: errorOf(error, name) });
    });
    req.on("upgrade", (res, socket) => {
      socket.destroy();
      resolve({ ok: true, status: res.statusCode ?? 0, answer: "", retryAfterS: null });
    });
    req.end(body);
  });
}

/** Reads the body until its end, the limit or the timeout. It is only used for the log. */
function readSome(res: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => resolve(Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString("utf8"));
    res.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_ANSWER_BYTES) res.destroy();
    });
    res.on("error", finish);
    res.on("close", finish);
  });
}

function readRetryAfter(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(header.trim()) ? Math.ceil(Number(header)) : null;
}

const CODES = {
  ECONNREFUSED: "host_refused_connection",
  ECONNRESET: "host_closed_connection",
  EHOSTUNREACH: "host_unreachable",
  ENETUNREACH: "host_unreachable",
  ETIMEDOUT: "host_unreachable",
  EPROTO: "host_no_tls",
  HPE_HEADER_OVERFLOW: "host_headers_too_large",
  CERT_HAS_EXPIRED: "host_certificate_expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "host_certificate_untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "host_certificate_untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "host_certificate_untrusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "host_certificate_wrong_name",
} as const satisfies Record<string, MessageCode>;

/** Node's errors may contain addresses of the private network; these messages do not. */
function errorOf(error: NodeJS.ErrnoException, host: string): Message {
  if (error instanceof ProxyFailure)
    return error.status === null
      ? message("host_proxy_no_response", { host })
      : message("host_proxy_status", { host, status: error.status });
  const code = error.code ?? (error as { errors?: NodeJS.ErrnoException[] }).errors?.[0]?.code ?? "";
  if (Object.hasOwn(CODES, code)) return message(CODES[code as keyof typeof CODES], { host });
  return message(code.startsWith("HPE_") ? "host_not_http" : "host_send_failed", { host });
}
