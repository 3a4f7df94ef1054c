import { execFile } from "node:child_process";
import fs from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { createServer } from "@orwatch/server/http/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
// @ts-expect-error a plain script
import { buildBeside, publish } from "../../scripts/build.mjs";
import { type Harness, startHarness } from "../support/server/harness.ts";

const VITE = path.resolve(import.meta.dirname, "../../apps/web/node_modules/.bin/vite");
const DAY_MS = 86_400_000;

let harness: Harness;
let folder: string;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(harness.folder, "package-"));
});

const dist = () => path.join(folder, "dist");
const listed = () =>
  (fs.readdirSync(dist(), { recursive: true }) as string[])
    .filter((name) => fs.statSync(path.join(dist(), name)).isFile() && !name.includes(".build.json"))
    .sort();

async function serve() {
  const server = createServer(harness.server.app, {
    webFolder: dist(),
    version: "0",
    readiness: () => ({ database: true, jobs: true }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url, close };
}

/** A small web app as vite builds it: a page and a script with a hash in its name. */
function writeApp(version: string): void {
  fs.writeFileSync(path.join(folder, "index.html"), '<!doctype html><script type="module" src="/app.js"></script>');
  fs.writeFileSync(path.join(folder, "app.js"), `document.title = "${version}";`);
  fs.mkdirSync(path.join(folder, "public"), { recursive: true });
  fs.writeFileSync(path.join(folder, "public/theme.js"), `// theme of ${version}\n`);
}

const build = () =>
  buildBeside(folder, (outDir: string) =>
    promisify(execFile)(VITE, ["build", "--outDir", outDir, "--logLevel", "error"], { cwd: folder }).then(
      () => ({ code: 0 }),
      () => ({ code: 1 }),
    ),
  );

/** Path of the first asset in the page. */
const firstAsset = async (url: string) => /\/assets\/[^"]+\.js/.exec(await (await fetch(url)).text())?.[0] as string;

describe("a rebuild while the server runs", () => {
  test("a rebuild removes no file that the running server serves, during and after any number of builds", async () => {
    writeApp("one");
    await build();
    const server = await serve();
    const asset = await firstAsset(server.url);
    const statuses = new Map<string, number>();
    let builds = 0;
    const building = (async () => {
      for (const version of ["two", "three"]) {
        writeApp(version);
        expect(await build()).toEqual({ code: 0 });
        builds += 1;
      }
    })();
    const poll = async () => {
      for (const where of [asset, "/theme.js", "/"]) {
        const answer = await fetch(server.url + where);
        const text = await answer.text();
        const isOwn = where === "/" ? text.includes(asset) : text.includes("one");
        const outcome = `${where === asset ? "asset" : where} ${answer.status} ${isOwn ? "own" : "other"}`;
        statuses.set(outcome, (statuses.get(outcome) ?? 0) + 1);
      }
    };
    while (builds < 2) await poll();
    await building;
    await poll();
    expect([...statuses.keys()].sort()).toEqual(["/ 200 own", "/theme.js 200 own", "asset 200 own"]);
    expect(statuses.get("asset 200 own")).toBeGreaterThan(3);
    await server.close();
    const restarted = await serve();
    const next = await firstAsset(restarted.url);
    expect(next).not.toBe(asset);
    expect(await (await fetch(restarted.url + next)).text()).toContain("three");
    expect((await fetch(restarted.url + asset)).status, "for pages that are still open").toBe(200);
    expect(await (await fetch(`${restarted.url}/theme.js`)).text()).toContain("three");
    await restarted.close();
  });

  test("a failed rebuild changes nothing", async () => {
    writeApp("one");
    await build();
    const before = listed();
    fs.writeFileSync(path.join(folder, "app.js"), "import './missing.js'");
    expect(await build()).toEqual({ code: 1 });
    expect(listed()).toEqual(before);
    expect(fs.existsSync(path.join(folder, "dist-next"))).toBe(false);
  });
});

describe("publish", () => {
  const release = (version: string, names: string[], now: number) => {
    const staged = path.join(folder, "dist-next");
    for (const name of names) {
      fs.mkdirSync(path.dirname(path.join(staged, name)), { recursive: true });
      fs.writeFileSync(path.join(staged, name), /\w-/.test(name) ? name : version);
    }
    publish(staged, dist(), { now });
  };

  test("publishing keeps assets of earlier versions for a week and always those of the last version, but no pages", () => {
    release("1", ["index.html", "pages/old.html", "assets/a-1.js"], 0);
    release("2", ["index.html", "assets/a-2.js"], DAY_MS);
    expect(listed()).toEqual(["assets/a-1.js", "assets/a-2.js", "index.html"]);
    release("3", ["index.html", "assets/a-3.js"], 2 * DAY_MS);
    expect(listed()).toEqual(["assets/a-1.js", "assets/a-2.js", "assets/a-3.js", "index.html"]);
    release("4", ["index.html", "assets/a-4.js"], 30 * DAY_MS);
    expect(listed()).toEqual(["assets/a-3.js", "assets/a-4.js", "index.html"]);
    expect(fs.readFileSync(path.join(dist(), "index.html"), "utf8")).toBe("4");
  });

  test("publishing treats a folder from an older build as the last version", () => {
    fs.mkdirSync(path.join(dist(), "assets"), { recursive: true });
    fs.writeFileSync(path.join(dist(), "assets/a-0.js"), "0");
    release("1", ["index.html", "assets/a-1.js"], 0);
    expect(listed()).toEqual(["assets/a-0.js", "assets/a-1.js", "index.html"]);
  });

  test("publishing keeps the modification time of unchanged files", () => {
    release("1", ["index.html", "assets/a-1.js"], 0);
    const old = new Date("2026-01-01T00:00:00Z");
    fs.utimesSync(path.join(dist(), "assets/a-1.js"), old, old);
    release("2", ["index.html", "assets/a-1.js"], DAY_MS);
    expect(fs.statSync(path.join(dist(), "assets/a-1.js")).mtime).toEqual(old);
    expect(fs.readFileSync(path.join(dist(), "index.html"), "utf8")).toBe("2");
  });
});
