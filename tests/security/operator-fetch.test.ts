import http from "node:http";
import type { AddressInfo } from "node:net";
import { parseConfig } from "@orwatch/server/config";
import { createOperatorFetch } from "@orwatch/server/outgoing/operator-fetch";
import { afterEach, describe, expect, test } from "vitest";
import { startHttpProxy } from "./http-proxy.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function serve(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const fetchOf = (env: Record<string, string> = {}, timeoutMs = 2000) =>
  createOperatorFetch({ proxies: parseConfig({ ENCRYPTION_KEY: "k".repeat(32), ...env }).proxies, timeoutMs });

describe("requests to servers of the operator", () => {
  test("reach private addresses, send body and headers, and return the response", async () => {
    const address = await serve(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      res.writeHead(201, { "content-type": "text/plain", "set-cookie": ["a=1", "b=2"] });
      res.end(`${req.method} ${req.url} ${req.headers["x-test"]} ${Buffer.concat(chunks)}`);
    });
    const response = await fetchOf()(`http://${address}/token?x=1`, {
      method: "POST",
      headers: { "x-test": "yes" },
      body: new URLSearchParams({ a: "b c" }),
    });
    expect([response.status, await response.text()]).toEqual([201, "POST /token?x=1 yes a=b+c"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test("do not follow redirects", async () => {
    const address = await serve((_req, res) => res.writeHead(302, { location: "http://169.254.169.254/" }).end());
    const response = await fetchOf()(`http://${address}/`);
    expect([response.status, response.headers.get("location")]).toEqual([302, "http://169.254.169.254/"]);
  });

  test("go through the proxy, except to hosts of NO_PROXY", async () => {
    const proxy = await startHttpProxy();
    open.push(proxy);
    const address = await serve((_req, res) => res.end("ok"));
    const [, port] = address.split(":");
    const env = { HTTP_PROXY: proxy.address };
    expect(await (await fetchOf(env)(`http://id.example:${port}/`)).text()).toBe("ok");
    expect(proxy.asked).toEqual([`id.example:${port}`]);
    await expect(fetchOf({ ...env, NO_PROXY: "id.invalid" })(`http://id.invalid:${port}/`)).rejects.toThrow(
      /id\.invalid/,
    );
    expect(proxy.asked).toHaveLength(1);
  });

  test.each<[string, http.RequestListener, RegExp]>([
    ["a response without end", (_req, res) => void res.write("x"), /no response in time/],
    ["no response", () => {}, /no response in time/],
    ["a response of more than 1 MiB", (_req, res) => void res.end("x".repeat(1024 * 1024 + 1)), /larger than 1 MiB/],
    ["a closed connection", (req) => void req.socket.destroy(), /ECONNRESET/],
  ])("fail with %s", async (_, answer, why) => {
    const address = await serve(answer);
    await expect(fetchOf({}, 300)(`http://${address}/secret?token=1`)).rejects.toThrow(why);
    await expect(fetchOf({}, 300)(`http://${address}/secret?token=1`)).rejects.not.toThrow(/secret|token/);
  });

  test("return responses without a body", async () => {
    const address = await serve((_req, res) => res.writeHead(204).end());
    expect((await fetchOf()(`http://${address}/`)).status).toBe(204);
  });
});
