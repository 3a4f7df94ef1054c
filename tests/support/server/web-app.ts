import { mkdirSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { createSessionMemory } from "@orwatch/server/auth/sessions/memory";
import { createServer } from "@orwatch/server/http/server";
import type { Harness } from "./harness.ts";

/** Serves the harness's app behind an https:// PUBLIC_URL with a small web app, as the build creates one. */
export async function serveWebApp(harness: Harness): Promise<{ url: string; close(): Promise<unknown> }> {
  const webFolder = path.join(harness.folder, "web");
  mkdirSync(path.join(webFolder, "assets"), { recursive: true });
  writeFileSync(
    path.join(webFolder, "index.html"),
    '<!doctype html><script src="/theme.js" nonce="{{nonce}}"></script>',
  );
  writeFileSync(path.join(webFolder, "theme.js"), "// theme\n");
  const script = "// app\n".repeat(500);
  writeFileSync(path.join(webFolder, "assets/app-1a2b.js"), script);
  writeFileSync(path.join(webFolder, "assets/app-1a2b.js.br"), brotliCompressSync(script));
  writeFileSync(path.join(webFolder, "assets/app-1a2b.js.gz"), gzipSync(script));
  writeFileSync(path.join(webFolder, "assets/inter.woff2"), "font");
  writeFileSync(path.join(webFolder, ".hidden.js"), "// never");
  const { app: plain } = harness.server;
  const memory = { ...plain.memory, sessions: createSessionMemory() };
  const app = { ...plain, config: { ...plain.config, isHttps: true }, memory };
  const server = createServer(app, { webFolder, version: "0", readiness: () => ({ database: true, jobs: true }) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => new Promise((resolve) => server.close(resolve)) };
}
