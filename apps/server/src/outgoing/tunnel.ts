import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIPv6, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import { readCredentials } from "./proxy.ts";

/** The proxy failed. Nothing was sent to the target. */
export class ProxyFailure extends Error {
  override name = "ProxyFailure";
  /** Status of the proxy's response; `null` if it could not be reached. */
  readonly status: number | null;
  constructor(status: number | null, options?: ErrorOptions) {
    super(status === null ? "the proxy cannot be reached" : `the proxy answered with status ${status}`, options);
    this.status = status;
  }
}

const CONNECT_MS = 10_000;

/**
 * An agent that connects through `proxy` (CONNECT). TLS is between this server and the target, and the certificate is
 * checked for the target's name.
 */
export function createTunnelAgent(proxy: URL, input: { isSecure: boolean; options?: https.AgentOptions }): http.Agent {
  const agent = input.isSecure ? new https.Agent(input.options) : new http.Agent(input.options);
  return Object.assign(agent, {
    createConnection(target: tls.ConnectionOptions, done: (error: Error | null, socket?: Duplex) => void): undefined {
      openTunnel(proxy, target).then(
        (socket) => done(null, input.isSecure ? tls.connect({ ...target, socket }) : socket),
        (error) => done(error),
      );
    },
  });
}

function openTunnel(proxy: URL, { host = "", port = 0 }: tls.ConnectionOptions): Promise<Socket> {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const credentials = readCredentials(proxy);
  const { request } = proxy.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const asking = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: authority,
      agent: false,
      headers: {
        host: authority,
        ...(credentials ? { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` } : {}),
      },
    });
    const timer = setTimeout(() => asking.destroy(new Error("too late")), CONNECT_MS);
    asking.on("close", () => clearTimeout(timer));
    asking.on("connect", (answer: IncomingMessage, socket: Socket) => {
      clearTimeout(timer);
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) return resolve(socket);
      socket.destroy();
      reject(new ProxyFailure(status));
    });
    asking.on("error", (cause) => reject(new ProxyFailure(null, { cause })));
    asking.end();
  });
}
