import { parseConfig, secretsOf } from "@orwatch/server/config";
import { createOpenRouter } from "@orwatch/server/openrouter/client";
import { createOutgoing, type OutgoingOptions } from "@orwatch/server/outgoing/http-client";
import { NOTHING_PERMITTED } from "@orwatch/server/outgoing/target";
import { systemClock } from "@orwatch/server/platform/clock";
import { createLog } from "@orwatch/server/platform/log";
import { afterEach, describe, expect, test } from "vitest";
import { startNameServer, startReceiver } from "../support/alerts/receivers.ts";
import { startHttpProxy } from "./http-proxy.ts";
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

const configOf = (env: Record<string, string>) => parseConfig({ ENCRYPTION_KEY: "k".repeat(32), ...env });
const PUBLIC = "93.184.216.34";

describe("webhooks behind a proxy", () => {
  const send = async (url: string, env: Record<string, string>, options: Partial<OutgoingOptions> = {}) => {
    const names = await keep(startNameServer(() => [PUBLIC]));
    const client = createOutgoing({
      permitted: NOTHING_PERMITTED,
      proxies: configOf(env).proxies,
      nameServers: [names.address],
      timeoutMs: 2000,
      ...options,
    });
    return client.send({ url, headers: {}, body: "hello" });
  };

  test.each(["HTTP_PROXY", "http_proxy"])(
    "webhooks connect through %s, which receives the checked address",
    async (variable) => {
      const proxy = await keep(startHttpProxy());
      const receiver = await keep(startReceiver());
      const outcome = await send(`http://hook.example:${receiver.port}/x`, { [variable]: `http://${proxy.address}` });
      expect(outcome).toMatchObject({ ok: true, status: 204 });
      expect(proxy.asked).toEqual([`${PUBLIC}:${receiver.port}`]);
      expect(receiver.received).toMatchObject([
        { path: "/x", body: "hello", headers: { host: `hook.example:${receiver.port}` } },
      ]);
    },
  );

  test("webhooks behind a proxy keep TLS to the target and verify its certificate", async () => {
    const proxy = await keep(startHttpProxy());
    const tls = makeCertificate("hook.example");
    const receiver = await keep(startReceiver({ tls }));
    const env = { HTTPS_PROXY: proxy.address };
    expect(await send(`https://hook.example:${receiver.port}/`, env, { ca: tls.cert })).toMatchObject({ ok: true });
    expect(await send(`https://other.example:${receiver.port}/`, env, { ca: tls.cert })).toMatchObject({
      error: { code: "host_certificate_wrong_name" },
    });
    expect(receiver.received).toHaveLength(1);
    expect(proxy.asked).toHaveLength(2);
  });

  test("webhooks cannot use the proxy to reach a private address", async () => {
    const proxy = await keep(startHttpProxy());
    const inside = await keep(startNameServer(() => ["10.0.0.1"]));
    const outcome = await send(
      "http://hook.example/",
      { HTTP_PROXY: proxy.address },
      { nameServers: [inside.address] },
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: "host_private" } });
    expect(proxy.asked).toEqual([]);
  });

  test("webhooks reach a network in ALLOW_PRIVATE_WEBHOOKS without the proxy", async () => {
    const proxy = await keep(startHttpProxy());
    const receiver = await keep(startReceiver());
    const inside = await keep(startNameServer(() => ["127.0.0.1"]));
    const outcome = await send(
      `http://hook.example:${receiver.port}/`,
      { HTTP_PROXY: proxy.address },
      {
        nameServers: [inside.address],
        permitted: { allPrivate: false, networks: ["127.0.0.0/8"] },
      },
    );
    expect(outcome).toMatchObject({ ok: true });
    expect(proxy.asked).toEqual([]);
  });

  test("webhooks report a rejection by the proxy, and send credentials when it asks for them", async () => {
    const proxy = await keep(startHttpProxy({ credentials: "me:p@ss" }));
    const receiver = await keep(startReceiver());
    const url = `http://hook.example:${receiver.port}/`;
    expect(await send(url, { HTTP_PROXY: `http://${proxy.address}` })).toMatchObject({
      ok: false,
      status: null,
      error: { code: "host_proxy_status", params: { host: "hook.example", status: 407 } },
    });
    expect(await send(url, { HTTP_PROXY: `http://me:p%40ss@${proxy.address}` })).toMatchObject({ ok: true });
    await proxy.close();
    expect(await send(url, { HTTP_PROXY: proxy.address })).toMatchObject({
      error: { code: "host_proxy_no_response", params: { host: "hook.example" } },
    });
  });
});

describe("requests to OpenRouter behind a proxy", () => {
  const ask = (baseUrl: string, env: Record<string, string>) =>
    createOpenRouter({
      baseUrl,
      proxies: configOf(env).proxies,
      clock: { ...systemClock, sleep: async () => {} },
      log: createLog({ level: "error", write: () => {} }),
      timeoutMs: 2000,
    }).getCredits({ secret: "sk-or-v1-0123456789abcdef", lane: "a", priority: "person" });

  test("requests to OpenRouter use the proxy over a tunnel that is kept open", async () => {
    const proxy = await keep(startHttpProxy());
    const upstream = await keep(startReceiver());
    upstream.answer((res) => res.writeHead(200).end(JSON.stringify({ data: { total_credits: 5, total_usage: 1 } })));
    expect(await ask(`http://openrouter.example:${upstream.port}`, { HTTP_PROXY: proxy.address })).toMatchObject({
      ok: true,
    });
    expect(proxy.asked).toEqual([`openrouter.example:${upstream.port}`]);
    expect(upstream.received).toMatchObject([{ path: "/credits" }]);
  });

  test.each(["openrouter.example", ".example", "*", "other, openrouter.example:PORT"])(
    "requests to OpenRouter connect directly when NO_PROXY is %s",
    async (entry) => {
      const proxy = await keep(startHttpProxy());
      const port = 9;
      const NO_PROXY = entry.replace("PORT", String(port));
      await ask(`http://openrouter.example:${port}`, { HTTP_PROXY: proxy.address, NO_PROXY });
      expect(proxy.asked).toEqual([]);
    },
  );

  test("a status of the proxy is never read as one of OpenRouter", async () => {
    const proxy = await keep(startHttpProxy({ credentials: "me:secret" }));
    expect(await ask("http://openrouter.example:9", { HTTP_PROXY: proxy.address })).toMatchObject({
      ok: false,
      reason: "unreachable",
      status: null,
      problem: { code: "openrouter_proxy_status", params: { status: 407 } },
    });
  });
});

test("redacts the proxy's password in the log", () => {
  expect(secretsOf(configOf({ HTTPS_PROXY: "http://me:p%40ss-word@proxy.example:3128" }))).toEqual(
    expect.arrayContaining(["p@ss-word", "p%40ss-word"]),
  );
});
