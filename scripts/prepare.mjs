import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { listPackages, ROOT, readJson, run, runScript, Stop, secondsSince } from "./run.mjs";

const STAMPS = path.join(ROOT, ".stamps");
const SKIPPED = /^(node_modules|dist|generated|coverage|.*\.gen\.ts|.*\.test\.tsx?)$/;

/** Hash over names and contents of files and folders, with what else the result hangs on. */
export function hashOf(inputs, { root = ROOT, also = "" } = {}) {
  const hash = createHash("sha256").update(also);
  const add = (name) => {
    const file = path.join(root, name);
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const child of fs.readdirSync(file).sort()) if (!SKIPPED.test(child)) add(`${name}/${child}`);
    } else {
      hash.update(`\0${name}\0`).update(stat ? fs.readFileSync(file) : "absent");
    }
  };
  inputs.forEach(add);
  return hash.digest("hex");
}

/** Does a step unless its inputs are those of the last time and its outputs are still there. */
async function step({ name, label, inputs, also = "", outputs, work }) {
  const stamp = path.join(STAMPS, name.replaceAll("/", "-"));
  const hash = hashOf(inputs, { also });
  const isDone = fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hash;
  if (isDone && outputs.every((output) => fs.existsSync(path.join(ROOT, output)))) return;
  const start = performance.now();
  fs.mkdirSync(STAMPS, { recursive: true });
  fs.rmSync(stamp, { force: true });
  const { code, output } = await work();
  fs.writeFileSync(`${stamp}.log`, output);
  if (code !== 0) throw new Stop(explain(name, label, output));
  fs.writeFileSync(stamp, hash);
  console.log(`  ${label.padEnd(16)}${secondsSince(start).padStart(8)}`);
}

function explain(name, label, output) {
  const log = `.stamps/${name.replaceAll("/", "-")}.log`;
  const missing = missingTools();
  if (/better-sqlite3/.test(output) && /gyp ERR/.test(output) && missing.length > 0)
    return `better-sqlite3 has to be compiled, and for that ${new Intl.ListFormat("en").format(missing)} must be installed (Debian, Ubuntu: apt-get install g++ make python3; macOS: xcode-select --install).`;
  if (
    name === "install" &&
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|META_FETCH_FAIL/.test(output)
  )
    return `the dependencies could not be downloaded because the package registry is out of reach; check the network and try again (details: ${log}).`;
  const reason = output.split("\n").find((line) => /\berr(or)?\b/i.test(line)) ?? "it failed";
  return `${label}: ${reason.trim()} (details: ${log}).`;
}

/** What compiling better-sqlite3 needs and is not here. */
function missingTools() {
  const isHere = (name) =>
    (process.env.PATH ?? "").split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, name)));
  return [
    [["g++", "c++", "clang++"], "a C++ compiler"],
    [["make", "gmake"], "make"],
    [["python3", "python"], "python3"],
  ].flatMap(([names, title]) => (names.some(isHere) ? [] : [title]));
}

async function install() {
  const env = { ...process.env, CI: "1", NODE_ENV: "" };
  // node-gyp would download Node's headers; those beside this Node serve as well.
  const prefix = path.resolve(process.execPath, "../..");
  if (fs.existsSync(path.join(prefix, "include/node/node.h"))) env.npm_config_nodedir = prefix;
  const pnpm = (...args) => run("npx", ["-y", readJson("package.json").packageManager, ...args], { env });
  const isBuilt = async () =>
    (await run(process.execPath, ["-e", "require('better-sqlite3')(':memory:')"], { cwd: "packages/db" })).code === 0;
  const installed = await pnpm("install", "--frozen-lockfile", "--prefer-offline");
  if (installed.code !== 0 || (await isBuilt())) return installed;
  // Built for another version of Node.
  return pnpm("-r", "rebuild", "better-sqlite3");
}

const SCHEMA = ["packages/db/prisma/schema.prisma", "packages/db/prisma.config.ts"];
const SERVER = ["apps/server", "packages/db/src", "packages/domain/src", "tsconfig.base.json", ...SCHEMA];

/**
 * Brings the working copy to where it can run: dependencies, generated code and, unless told otherwise, bundles. Steps whose
 * inputs have not changed are left out, so that doing it again takes no time.
 * @param what "none" of the bundles, those of the "app" (server and web), or "all" of the workspace
 */
export async function prepare(what = "app") {
  const packages = listPackages();
  const manifests = ["package.json", ...packages.map(({ folder }) => `${folder}/package.json`)];
  const locked = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests];
  if (!fs.existsSync(path.join(ROOT, "node_modules")))
    console.log("First start: dependencies are installed, and SQLite is compiled where no ready-made build is found.");
  await step({
    name: "install",
    label: "dependencies",
    inputs: locked,
    also: `${process.versions.modules} ${process.platform} ${process.arch}`,
    outputs: ["node_modules/.modules.yaml", ...packages.map(({ folder }) => `${folder}/node_modules`)],
    work: install,
  });
  await step({
    name: "generate",
    label: "database client",
    inputs: ["pnpm-lock.yaml", ...SCHEMA],
    outputs: ["packages/db/src/generated/prisma/client.ts"],
    work: () => runScript("packages/db", "generate"),
  });
  if (what === "none") return;
  const build = (folder, label, inputs, output) =>
    step({
      name: folder,
      label,
      inputs: ["pnpm-lock.yaml", ...inputs],
      outputs: [output],
      work: () => runScript(folder, "build", { env: { NODE_ENV: "production" } }),
    });
  await Promise.all([
    build("apps/server", "server", SERVER, "apps/server/dist/main.js"),
    build("apps/web", "web app", ["apps/web", "packages/domain/src", "tsconfig.base.json"], "apps/web/dist/index.html"),
  ]);
  if (what !== "all") return;
  for (const { folder, manifest } of packages)
    if (manifest.scripts?.build && !folder.startsWith("apps/"))
      await build(folder, manifest.name, [folder, ...SERVER], `${folder}/dist`);
}
