import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
// @ts-expect-error a script without types
import { createIgnore, parseDockerfile, readContext } from "../../scripts/check-container.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(path.join(ROOT, name), "utf8");
const stages = parseDockerfile(read("Dockerfile"));
const last = stages.at(-1);

test("the last stage runs the built server without npm as an unprivileged user", () => {
  expect(stages).toHaveLength(2);
  expect(last.user).toBe("node");
  expect(last.command).toEqual([
    "node",
    "--max-semi-space-size=2",
    "--max-old-space-size=768",
    "apps/server/dist/main.js",
  ]);
  expect(last.health.slice(0, 2)).toEqual(["node", "-e"]);
  const order = last.instructions.map(({ instruction }: { instruction: string }) => instruction);
  expect(order.indexOf("USER")).toBeGreaterThan(order.lastIndexOf("RUN"));
});

test("the last stage has and installs no compiler or package manager", () => {
  const runs = last.instructions.filter(({ instruction }: { instruction: string }) => instruction === "RUN");
  const text = runs.map((run: { text: string }) => run.text).join("\n");
  expect(text).not.toMatch(/apt-get|apk|curl|wget|npm install|pnpm/);
  for (const name of ["node_modules", "npm", "npx", "corepack", "yarn"]) expect(text).toContain(`/${name}`);
});

test("both stages use the Node of .node-version, which a build argument can replace", () => {
  for (const { image } of stages) expect(image).toBe(`node:${read(".node-version").trim()}-bookworm-slim`);
  expect(read("Dockerfile")).toMatch(/^ARG NODE_VERSION=/m);
});

test("the build stage installs no compiler", () => {
  expect(read("Dockerfile")).not.toMatch(/apt-get|g\+\+|python3|\bmake\b/);
});

test("no stage has a secret, and compose requires the key", () => {
  expect(read("Dockerfile")).not.toMatch(/ENCRYPTION_KEY|_TOKEN/);
  expect(read("docker-compose.yml")).toContain("ENCRYPTION_KEY: ${ENCRYPTION_KEY:?");
});

test("every manifest of the lockfile is copied before the install, with the pnpm of package.json", () => {
  const lock = read("pnpm-lock.yaml");
  const copied = stages[0].instructions
    .filter(({ instruction }: { instruction: string }) => instruction === "COPY")
    .flatMap(({ words }: { words: { sources: string[] } }) => words.sources);
  const importers = [
    ...lock.slice(0, lock.indexOf("\npackages:")).matchAll(/^ {2}(\S[^:]*):\n {4}(?:dependencies|devDependencies):/gm),
  ].map(([, name]) => (name === "." ? "package.json" : `${name}/package.json`));
  expect(importers.length).toBeGreaterThan(5);
  // pnpm does not need those below a package that is in the workspace itself.
  for (const manifest of importers.filter((name) => !name.startsWith("tests/"))) expect(copied).toContain(manifest);
  const { packageManager } = JSON.parse(read("package.json"));
  expect(read("Dockerfile").match(/pnpm@[\d.]+/g)).toEqual([packageManager, packageManager]);
});

test("excludes secrets, data and build output from the context, and includes manifests", () => {
  const isIgnored = createIgnore(read(".dockerignore"));
  for (const name of [
    ".env",
    ".env.local",
    "data/app.db",
    "x.db-wal",
    ".git/HEAD",
    "apps/web/dist/a.js",
    "tests/x.test.ts",
  ])
    expect(isIgnored(name), name).toBe(true);
  for (const name of ["package.json", "tests/package.json", "bench/package.json", "apps/server/src/main.ts"])
    expect(isIgnored(name), name).toBe(false);
  expect(readContext(ROOT)).toContain("packages/db/prisma/schema.prisma");
});

test("compose keeps data on a volume, publishes no port to the world, and passes every variable on", () => {
  const compose = read("docker-compose.yml");
  expect(compose).toContain('"127.0.0.1:3000:3000"');
  expect(compose).toContain("data:/data");
  const known = new Set(
    read(".env.example")
      .match(/^#?([A-Z_]+)=/gm)
      ?.map((line) => line.replace(/[#=]/g, "")),
  );
  const orwatch = compose.slice(compose.indexOf("    environment:"), compose.indexOf("    logging:"));
  const used = [...orwatch.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
  // Paths in the container are set by the image.
  expect([...used, "HOST", "PORT", "DATABASE_URL", "BACKUP_DIR"].sort()).toEqual([...known].sort());
});

test("the systemd unit starts the same command, and files named in docs/deploy.md exist", () => {
  expect(read("docs/deploy/orwatch.service")).toContain(`ExecStart=/usr/bin/${last.command.join(" ")}`);
  // Node 20 requests a protection key at startup, and the copying thread lowers its priority: either would end it with SIGSYS.
  const unit = read("docs/deploy/orwatch.service");
  const filter = [...unit.matchAll(/^SystemCallFilter=(.+)$/gm)].flatMap(([, line = ""]) => line.split(" "));
  expect(filter).toEqual(["@system-service", "@pkey", "~@privileged", "@resources", "setpriority"]);
  expect(unit).toContain("\nSystemCallErrorNumber=EPERM\n");
  for (const [, name = ""] of read("docs/deploy.md").matchAll(/\]\(([^)#:]+)\)/g))
    expect(existsSync(path.join(ROOT, "docs", name)), name).toBe(true);
});
