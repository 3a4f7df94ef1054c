import { createServer, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { createOutgoing, type OutgoingOptions } from "@orwatch/server/outgoing/http-client";
import { NOTHING_PERMITTED } from "@orwatch/server/outgoing/target";
import { afterEach, expect, test } from "vitest";
import { type Receiver, startNameServer, startReceiver } from "../support/alerts/receivers.ts";
import { makeCertificate } from "./self-signed.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});
const keep = async <T extends { close(): unknown }>(made: T | Promise<T>): Promise<T> => {
  const thing = await made;
  open.push(thing);
  return thing;
};

const LOOPBACK = { allPrivate: false, networks: ["127.0.0.0/8"] };

const send = (url: string, options: Partial<OutgoingOptions> = {}, signal?: AbortSignal) =>
  createOutgoing({ permitted: LOOPBACK, timeoutMs: 600, nameServers: ["127.0.0.1:9"], ...options }).send({
    url,
    headers: { "x-mark": "m" },
    body: "ciao €",
    ...(signal ? { signal } : {}),
  });

test("sends a POST with headers and body and returns the start of the response", async () => {
  const receiver = await keep(startReceiver());
  receiver.answer((res) => res.writeHead(201).end("thanks"));
  expect(await send(`${receiver.url}/a?b=c`)).toEqual({ ok: true, status: 201, answer: "thanks" });
  expect(receiver.received).toMatchObject([
    { method: "POST", path: "/a?b=c", body: "ciao €", headers: { "x-mark": "m", "content-length": "8" } },
  ]);
});

test("does not follow a redirect", async () => {
  const target = await keep(startReceiver());
  for (const status of [301, 302, 303, 307, 308]) {
    const receiver = await keep(startReceiver());
    receiver.answer((res) => res.writeHead(status, { location: target.url }).end());
    const outcome = await send(receiver.url);
    expect(outcome).toMatchObject({ ok: false, status, error: { code: "host_redirected" } });
  }
  expect(target.received).toEqual([]);
});

test("reads at most 64 KiB of a response and closes the connection", async () => {
  const receiver = await keep(startReceiver());
  const closed = new Promise<number>((resolve) =>
    receiver.answer((res) => {
      let sent = 0;
      const more = () => {
        for (let isRoom = true; isRoom && res.writable && sent < 64 * 1024 * 1024; sent += 65_536)
          isRoom = res.write("x".repeat(65_536));
      };
      res.on("drain", more).on("close", () => resolve(sent));
      more();
    }),
  );
  const outcome = await send(receiver.url, { timeoutMs: 5000 });
  expect(outcome).toMatchObject({ ok: true, status: 200 });
  expect(outcome.answer).toHaveLength(65_536);
  expect(await closed).toBeLessThan(16 * 1024 * 1024);
});

test("times out when nothing is answered, and counts a started successful response as delivered", async () => {
  const receiver = await keep(startReceiver());
  receiver.answer(() => {});
  expect(await send(receiver.url)).toMatchObject({
    ok: false,
    status: null,
    error: { code: "host_timeout" },
  });
  receiver.answer((res) => {
    res.writeHead(200).write("yes, but");
  });
  expect(await send(receiver.url)).toEqual({ ok: true, status: 200, answer: "yes, but" });
  receiver.answer((res) => {
    res.writeHead(500).write("no");
  });
  expect(await send(receiver.url)).toMatchObject({ ok: false, status: 500, answer: "no" });
});

test.each([
  ["closes at once", (socket: Socket) => socket.destroy(), "host_closed_connection"],
  ["uses another protocol", (socket: Socket) => socket.end("220 smtp.example.com ESMTP\r\n"), "host_not_http"],
  ["trickles headers for ever", (socket: Socket) => trickle(socket), "host_timeout"],
  ["sends headers without end", (socket: Socket) => flood(socket), "host_headers_too_large"],
  [
    "promises a body and goes",
    (socket: Socket) => socket.end("HTTP/1.1 503 x\r\ncontent-length: 9\r\n\r\nab"),
    "host_unexpected_status",
  ],
])("reports a receiver that %s", async (_, behave, code) => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => behave(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(server);
  const outcome = await send(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
  expect(outcome).toMatchObject({ ok: false, error: { code } });
});

function trickle(socket: Socket): void {
  socket.write("HTTP/1.1 200 OK\r\n");
  const timer = setInterval(() => socket.write("x-a: b\r\n"), 50);
  socket.on("close", () => clearInterval(timer));
}

function flood(socket: Socket): void {
  socket.write("HTTP/1.1 200 OK\r\n");
  for (let line = 0; line < 1000; line++) socket.write(`x-${line}: ${"y".repeat(100)}\r\n`);
}

test("reports a refused connection, an unknown name and a shutdown with separate errors", async () => {
  const receiver = await startReceiver();
  await receiver.close();
  expect(await send(receiver.url)).toMatchObject({ error: { code: "host_refused_connection" } });
  const names = await keep(startNameServer(() => []));
  const outcome = await send("http://nowhere.example/", { nameServers: [names.address], permitted: NOTHING_PERMITTED });
  expect(outcome).toMatchObject({ error: { code: "host_not_found", params: { host: "nowhere.example" } } });
  const silent = await keep(startReceiver());
  const stop = new AbortController();
  silent.answer(() => stop.abort());
  expect(await send(silent.url, {}, stop.signal)).toMatchObject({ error: { code: "delivery_stopped" } });
});

test("returns Retry-After only when it is in seconds", async () => {
  const receiver = await keep(startReceiver());
  for (const [header, seconds] of [
    ["120", 120],
    ["0.35", 1],
    ["soon", null],
    ["-1", null],
  ] as const) {
    receiver.answer((res) => res.writeHead(429, { "retry-after": header }).end());
    expect(await send(receiver.url)).toMatchObject({ ok: false, status: 429, retryAfterS: seconds });
  }
});

test("does not connect to a private address, given as a number or hidden behind a name", async () => {
  const receiver = await keep(startReceiver());
  const inside = await keep(startNameServer(() => ["127.0.0.1"]));
  const six = await keep(startNameServer(() => ["::1"]));
  const both = await keep(startNameServer(() => ["93.184.216.34", "127.0.0.1"]));
  const closed = { permitted: NOTHING_PERMITTED };
  const outcomes = [
    await send(receiver.url, closed),
    await send(`http://localhost:${receiver.port}/`, closed),
    await send(`http://a.example:${receiver.port}/`, { ...closed, nameServers: [inside.address] }),
    await send(`http://a.example:${receiver.port}/`, { ...closed, nameServers: [six.address] }),
    await send(`http://a.example:${receiver.port}/`, { ...closed, nameServers: [both.address] }),
  ];
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ ok: false, status: null });
    expect(JSON.stringify(outcome)).not.toContain("::1");
  }
  expect(outcomes.slice(2)).toMatchObject(
    Array(3).fill({ error: { code: "host_private", params: { host: "a.example" } } }),
  );
  expect(receiver.received).toEqual([]);
});

test("rejects the addresses of this machine's network interfaces unless they are allowed", async () => {
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  expect(own.length).toBeGreaterThan(0);
  for (const address of own) {
    const names = await keep(startNameServer(() => [address]));
    const options = { nameServers: [names.address] };
    for (const permitted of [NOTHING_PERMITTED, { allPrivate: true, networks: [] }])
      expect(await send("http://self.example:65000/", { ...options, permitted }), address).toMatchObject({
        error: { code: "host_private" },
      });
    expect(
      await send("http://self.example:65000/", { ...options, permitted: { allPrivate: false, networks: [address] } }),
      address,
    ).toMatchObject({ error: { code: expect.not.stringMatching("host_private") } });
  }
});

test("does not connect to a public address that belongs to this machine", async () => {
  const names = await keep(startNameServer(() => ["93.184.216.34"]));
  const options = { nameServers: [names.address], permitted: NOTHING_PERMITTED, ownAddresses: () => ["93.184.216.34"] };
  const outcome = await send("http://self.example/", options);
  expect(outcome).toMatchObject({ ok: false, error: { code: "host_private" } });
});

test("rejects ports of other services on public addresses", async () => {
  const names = await keep(startNameServer(() => ["93.184.216.34"]));
  const outcome = await send("http://mail.example:25/", { nameServers: [names.address] });
  expect(outcome).toMatchObject({ error: { code: "address_refused", params: { cause: { code: "field_url_port" } } } });
});

test("connects to the address that was checked, even when the name is rebound", async () => {
  const outside = await keep(startReceiver({ host: "127.0.0.2" }));
  const inside: Receiver = await keep(startReceiver({ host: "127.0.0.1", port: outside.port }));
  const names = await keep(startNameServer(({ turn }) => (turn % 2 === 1 ? ["127.0.0.2"] : ["127.0.0.1"])));
  // In this test 127.0.0.2 is public and 127.0.0.1 private.
  const client = createOutgoing({
    permitted: { allPrivate: false, networks: ["127.0.0.2"] },
    timeoutMs: 2000,
    nameServers: [names.address],
  });
  const outcomes: boolean[] = [];
  for (let turn = 0; turn < 6; turn++) {
    const { ok } = await client.send({ url: `http://rebound.example:${outside.port}/`, headers: {}, body: "" });
    outcomes.push(ok);
  }
  expect(outcomes).toEqual([true, false, true, false, true, false]);
  expect(outside.received.map(({ at, headers }) => [at, headers.host])).toEqual(
    Array(3).fill(["127.0.0.2", `rebound.example:${outside.port}`]),
  );
  expect(inside.received).toEqual([]);
  expect(names.asked.filter(({ type }) => type === "A")).toHaveLength(6);
});

test("applies the timeout to a name server that does not answer", async () => {
  const names = await keep(startNameServer(() => "silence"));
  const outcome = await send("http://a.example/", { permitted: NOTHING_PERMITTED, nameServers: [names.address] });
  expect(outcome).toMatchObject({ ok: false, error: { code: "host_timeout" } });
});

test("rejects a TLS certificate that is untrusted or for another name", async () => {
  const tls = makeCertificate("hook.example");
  const receiver = await keep(startReceiver({ tls }));
  const names = await keep(startNameServer(() => ["127.0.0.1"]));
  const nameServers = [names.address];
  const at = (host: string) => `https://${host}:${receiver.port}/`;
  expect(await send(at("hook.example"), { nameServers })).toMatchObject({
    error: { code: "host_certificate_untrusted" },
  });
  expect(await send(at("other.example"), { nameServers, ca: tls.cert })).toMatchObject({
    error: { code: "host_certificate_wrong_name" },
  });
  expect(await send(at("hook.example"), { nameServers, ca: tls.cert })).toMatchObject({ ok: true });
  expect(await send(`https://127.0.0.1:${(await keep(startReceiver())).port}/`)).toMatchObject({ ok: false });
  expect(receiver.received).toHaveLength(1);
});
