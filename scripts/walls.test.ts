import path from "node:path";
import { describe, expect, test } from "vitest";
import { findCycle, importsOf, readSources } from "./imports.mjs";
import { checkWalls } from "./walls.mjs";

const packages = {
  "@orwatch/db": "packages/db",
  "@orwatch/domain": "packages/domain",
  "@orwatch/messages": "packages/messages",
  "@orwatch/server": "apps/server",
  "@orwatch/openrouter-sim": "packages/openrouter-sim",
  "@orwatch/sdk": "packages/sdk",
};

/** What the walls say of one file with this text. */
const say = (file: string, text: string): string[] =>
  checkWalls({ [file]: text }, packages).map(({ why }: { why: string }) => why);

describe("a breach is found and told where the code belongs", () => {
  test.each([
    ["apps/server/src/keys/service.ts", "const x = process.env.PORT;", /config\.ts/],
    ["apps/server/src/keys/service.ts", 'await fetch("https://openrouter.ai");', /openrouter\/client\.ts/],
    ["apps/server/src/keys/service.ts", 'import { request } from "undici";', /openrouter\/client\.ts/],
    ["apps/server/src/http/context.ts", 'import { Lucia } from "lucia";', /auth\/session\.ts/],
    ["apps/server/src/sync/service.ts", 'import { Cron } from "croner";', /jobs\/table\.ts/],
    ["apps/server/src/http/server.ts", 'import { generateOpenApiDocument } from "trpc-to-openapi";', /openapi\.ts/],
    ["apps/server/src/keys/router.ts", 'import { Prisma } from "@orwatch/db";', /service of its slice/],
    ["apps/server/src/http/context.ts", "await app.db.prisma.user.findMany();", /service of its slice/],
    ["apps/server/src/tokens/service.ts", 'import { getOwned } from "../keys/service.ts";', /tokens may use audit/],
    ["apps/server/src/keys/service.ts", 'import { syncKeyNow } from "../sync/service.ts";', /keys may use openrouter/],
    ["apps/server/src/stats/router.ts", 'import { listKeys } from "../keys/service.ts";', /its own slice only/],
    ["apps/server/src/auth/service.ts", 'import { router } from "../trpc.ts";', /plain arguments/],
    ["apps/server/src/auth/service.ts", 'import { createContext } from "../context.ts";', /never climb back up/],
    ["apps/server/src/sync/service.ts", 'import { keysRouter } from "../keys/router.ts";', /only mounted/],
    ["apps/server/src/sync/plan.ts", 'import { systemClock } from "../app.ts";', /only calculates/],
    ["apps/server/src/keys/schema.ts", 'import { idOf } from "./service.ts";', /only describes/],
    ["apps/server/src/rpc/wire.ts", 'import { getUser } from "./auth/service.ts";', /imports none above it/],
    [
      "apps/server/src/start.ts",
      'import { startSim } from "@orwatch/openrouter-sim";',
      /nothing else of the workspace/,
    ],
    ["packages/db/src/index.ts", 'import { log } from "@orwatch/server/platform/log";', /stands alone/],
    ["packages/domain/src/day.ts", 'import { z } from "zod";', /depends on nothing/],
    ["packages/domain/src/day.ts", 'import type { ApiKey } from "@orwatch/db";', /depends on nothing/],
    ["packages/sdk/src/errors.ts", 'import { createSpeaker } from "@orwatch/messages/say";', /as data/],
    ["packages/sdk/src/client.ts", 'import { appRouter } from "@orwatch/server/router";', /nothing that runs/],
    ["apps/web/src/lib/trpc.ts", 'import { appRouter } from "@orwatch/server/router";', /import type/],
    ["apps/web/src/lib/format.ts", 'import { Button } from "../components/ui/button.tsx";', /lies below/],
    ["apps/web/src/components/ui/button.tsx", 'import { Rail } from "../../features/shell/rail.tsx";', /lies below/],
  ])("%s: %s", (file, text, why) => {
    expect(say(file, text).join("\n")).toMatch(why);
  });

  test("two slices that need each other, even by types", () => {
    const findings = checkWalls(
      {
        "apps/server/src/sync/service.ts": 'import { findKey } from "../keys/service.ts";',
        "apps/server/src/keys/output.ts": 'import type { Cover } from "../sync/cover.ts";',
      },
      packages,
    );
    expect(findings.map(({ what }: { what: string }) => what)).toContain("sync → keys → sync");
  });

  test("with the line on which it stands", () => {
    const [finding] = checkWalls(
      { "apps/server/src/platform/log.ts": "\n\nconst level = process.env.LOG_LEVEL;\n" },
      packages,
    );
    expect(finding).toMatchObject({ file: "apps/server/src/platform/log.ts", line: 3 });
  });
});

test.each([
  ["apps/server/src/config.ts", "const env = process.env;"],
  ["apps/server/src/openrouter/exchange.ts", "https.request(url);"],
  ["apps/server/src/keys/router.ts", 'import { addKey } from "../sync/service.ts";'],
  ["apps/server/src/keys/key-status.ts", 'import type { ApiKey } from "@orwatch/db";'],
  ["apps/server/src/app.ts", 'import type { Cipher } from "./keys/cipher.ts";'],
  ["apps/server/src/auth/sessions/session.ts", 'import { Lucia } from "lucia";'],
  ["apps/server/src/keys/service.ts", "// the environment: process.env\n/** fetch(url) */"],
  ["apps/server/src/keys/service.test.ts", "const x = process.env.PORT;"],
  ["packages/sdk/src/types.ts", 'import type { AppRouter } from "@orwatch/server/router";'],
  ["apps/server/src/stats/service.ts", 'import { toDay } from "@orwatch/domain/day";'],
  ["apps/web/src/lib/format.ts", 'import { formatNanos } from "@orwatch/domain/money";'],
  ["apps/server/src/notifications/providers/send.ts", 'import { createSpeaker } from "@orwatch/messages/say";'],
  ["packages/openrouter-sim/src/money.ts", 'import { parseMoney } from "@orwatch/domain/money";'],
  ["apps/web/src/lib/trpc.ts", 'import { type AppRouter } from "@orwatch/server/router";'],
])("what may be is let through: %s: %s", (file, text) => {
  expect(say(file, text)).toEqual([]);
});

test("imports are found however they are written", () => {
  const text = [
    'import "./a.ts";',
    'import type { B } from "./b.ts";',
    'import {\n  c,\n  type D,\n} from "./c.ts";',
    'import { type E } from "./e.ts";',
    'export * from "./f.ts";',
    'const g = await import("./g.ts");',
  ].join("\n");
  expect(importsOf(text)).toEqual([
    { specifier: "./a.ts", isType: false, line: 1 },
    { specifier: "./b.ts", isType: true, line: 2 },
    { specifier: "./c.ts", isType: false, line: 6 },
    { specifier: "./e.ts", isType: true, line: 7 },
    { specifier: "./f.ts", isType: false, line: 8 },
    { specifier: "./g.ts", isType: false, line: 9 },
  ]);
});

test("a circle is found wherever it begins, and a diamond is none", () => {
  const edges = (pairs: [string, string[]][]) => new Map(pairs.map(([from, to]) => [from, new Set(to)]));
  expect(
    findCycle(
      edges([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
      ]),
    ),
  ).toEqual(["b", "c", "b"]);
  expect(
    findCycle(
      edges([
        ["a", ["b", "c"]],
        ["b", ["d"]],
        ["c", ["d"]],
      ]),
    ),
  ).toBeNull();
});

test("the sources are read with the packages they belong to", () => {
  const { files, packages: found } = readSources(path.resolve(import.meta.dirname, ".."));
  expect(Object.keys(files)).toContain("apps/server/src/config.ts");
  expect(found["@orwatch/db"]).toBe("packages/db");
});
