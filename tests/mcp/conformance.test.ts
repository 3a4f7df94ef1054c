import { execFile } from "node:child_process";
import http from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Harness, startHarness } from "../support/server/harness.ts";

/** Of the protocol's own test suite, those that need no tools or documents made for it. */
const SCENARIOS = ["server-initialize", "ping", "tools-list", "resources-list", "dns-rebinding-protection"];

const COMMAND = createRequire(import.meta.url)
  .resolve("@modelcontextprotocol/conformance/package.json")
  .replace("package.json", "dist/index.js");
const execute = promisify(execFile);

let harness: Harness;
let proxy: http.Server;
let url: string;

/** The suite cannot send a token. The proxy adds it, and passes on everything else, the Host header too. */
function startProxy(token: string): http.Server {
  return http.createServer((req, res) => {
    const headers = { ...req.headers, authorization: `Bearer ${token}` };
    const call = http.request(`${harness.url}${req.url}`, { method: req.method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    call.on("error", () => res.destroy());
    req.pipe(call);
  });
}

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { RATE_LIMIT_REQUESTS: "1000" } });
  const { token } = await issueToken(await harness.createUser());
  proxy = startProxy(token);
  await new Promise<void>((resolve) => proxy.listen(0, "localhost", resolve));
  url = `http://localhost:${(proxy.address() as AddressInfo).port}/mcp`;
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await harness.close();
});

test.each(SCENARIOS)("conforms to MCP: %s", async (scenario) => {
  const args = [
    COMMAND,
    "server",
    "--url",
    url,
    "--scenario",
    scenario,
    "--output-dir",
    `${harness.folder}/${scenario}`,
  ];
  const { stdout } = await execute(process.execPath, args).catch((error) =>
    expect.fail(`${error.stdout}${error.stderr}`),
  );
  expect(stdout).toMatch(/Passed: [1-9]\d*\/\d+, 0 failed/);
});
