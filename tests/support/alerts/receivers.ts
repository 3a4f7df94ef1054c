import dgram from "node:dgram";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { isIPv4 } from "node:net";

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Local address of the connection. */
  at: string;
}

/** An HTTP receiver that records requests and answers as configured; default 204. */
export interface Receiver {
  /** http://127.0.0.1:port */
  url: string;
  port: number;
  received: Received[];
  /** Most requests in parallel so far. */
  peak(): number;
  answer(how: (res: ServerResponse, request: Received) => void): void;
  close(): Promise<void>;
}

export async function startReceiver(
  options: { host?: string; port?: number; tls?: { key: string; cert: string } } = {},
): Promise<Receiver> {
  const host = options.host ?? "127.0.0.1";
  const received: Received[] = [];
  let how: (res: ServerResponse, request: Received) => void = (res) => res.writeHead(204).end();
  let under = 0;
  let peak = 0;
  const listener = (req: IncomingMessage, res: ServerResponse) => {
    peak = Math.max(peak, ++under);
    res.on("close", () => {
      under -= 1;
    });
    const chunks: Buffer[] = [];
    req.on("error", () => {});
    req.on("data", (chunk) => chunks.push(chunk));
    req.on("end", () => {
      const request: Received = {
        method: req.method ?? "",
        path: req.url ?? "",
        headers: req.headers,
        body: Buffer.concat(chunks).toString(),
        at: req.socket.localAddress ?? "",
      };
      received.push(request);
      how(res, request);
    });
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    received,
    peak: () => peak,
    answer(next) {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const TYPE_A = 1;
const TYPE_AAAA = 28;

/** A name server on loopback with configurable answers that counts its queries. */
export async function startNameServer(
  answerTo: (question: { name: string; turn: number }) => string[] | "silence",
): Promise<{ address: string; asked: { name: string; type: "A" | "AAAA" }[]; close(): void }> {
  const asked: { name: string; type: "A" | "AAAA" }[] = [];
  const turns = new Map<string, number>();
  const socket = dgram.createSocket("udp4");
  socket.on("message", (query, peer) => {
    const labels: string[] = [];
    let at = 12;
    while (query[at]) {
      const length = query[at] as number;
      labels.push(query.toString("latin1", at + 1, at + 1 + length));
      at += length + 1;
    }
    const type = query.readUInt16BE(at + 1);
    const question = query.subarray(12, at + 5);
    const name = labels.join(".").toLowerCase();
    const turn = (turns.get(`${name} ${type}`) ?? 0) + 1;
    turns.set(`${name} ${type}`, turn);
    asked.push({ name, type: type === TYPE_AAAA ? "AAAA" : "A" });
    const found = answerTo({ name, turn });
    if (found === "silence") return;
    const records = found
      .filter((address) => isIPv4(address) === (type === TYPE_A))
      .map((address) => recordOf(address, type));
    const header = Buffer.from([0, 0, 0x81, found.length === 0 ? 0x83 : 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
    query.copy(header, 0, 0, 2);
    socket.send(Buffer.concat([header, question, ...records]), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() };
}

function recordOf(address: string, type: number): Buffer {
  const data = isIPv4(address) ? Buffer.from(address.split(".").map(Number)) : bytesOf(address);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(0, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function bytesOf(address: string): Buffer {
  const [head = "", tail = ""] = address.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
  const bytes = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  return bytes;
}
