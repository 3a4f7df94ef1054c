import { expect, test } from "vitest";
import { serverAddress } from "../../apps/web/vite/server-address.ts";

test.each([
  [{}, "http://127.0.0.1:3000"],
  [{ PORT: "4100" }, "http://127.0.0.1:4100"],
  [{ PORT: "", HOST: "" }, "http://127.0.0.1:3000"],
  [{ HOST: "0.0.0.0", PORT: "80" }, "http://127.0.0.1:80"],
  [{ HOST: "[::1]" }, "http://[::1]:3000"],
  [{ HOST: "::" }, "http://[::1]:3000"],
  [{ HOST: "orwatch.local" }, "http://orwatch.local:3000"],
])("vite proxies requests to the server of %j at %s", (env, address) => {
  expect(serverAddress(env)).toBe(address);
});
