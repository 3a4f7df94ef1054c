import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** A real HTTP server that answers as configured, one response per request; the last one repeats. */
export interface BadServer {
  url: string;
  /** Paths requested so far. */
  requests: string[];
  answer(...answers: Answer[]): void;
  close(): Promise<void>;
}

export async function startBadServer(): Promise<BadServer> {
  let script: Answer[] = [];
  const requests: string[] = [];
  const server = createServer((req, res) => {
    requests.push(req.url ?? "");
    const answer = script.length > 1 ? script.shift() : script[0];
    answer?.(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer(...answers) {
      script = answers;
      requests.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_req, res) =>
    void res
      .writeHead(status, { "Content-Type": "application/json", "X-Request-Id": "r-1", ...headers })
      .end(JSON.stringify(body));

export const text =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_req, res) =>
    void res.writeHead(status, { "Content-Type": "text/html", ...headers }).end(body);

/** Never answers. */
export const silence: Answer = () => {};

/** Cuts the connection before a response. */
export const cut: Answer = (req) => void req.socket.destroy();

/** Sends headers and the start of a body, then stalls or closes the connection. */
export const half =
  (body: string, { isCut, type = "application/json" }: { isCut: boolean; type?: string }): Answer =>
  (_req, res) => {
    res.writeHead(200, { "Content-Type": type, "X-Request-Id": "r-half" });
    res.write(body, () => {
      if (isCut) setTimeout(() => res.destroy(), 20);
    });
  };
