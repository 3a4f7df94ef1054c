import "./lib/help.mjs";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { listPackages, main, ROOT, readJson, run, runScript, Stop, secondsSince } from "./lib/run.mjs";

/** In the published folder: which files belong to which version. The server serves no name that begins with a dot. */
const MANIFEST = ".build.json";
/** Pages of a version stay open, and a server may go on with it, for some time after the next one is built. */
const KEEP_MS = 7 * 86_400_000;
const MOST_VERSIONS = 10;

const listFiles = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== MANIFEST)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .sort();

function readVersions(folder) {
  try {
    const { versions } = JSON.parse(fs.readFileSync(path.join(folder, MANIFEST), "utf8"));
    if (Array.isArray(versions) && versions.length > 0) return versions;
  } catch {
    // A folder of an older build, or none.
  }
  return fs.existsSync(folder) ? [{ files: listFiles(folder), replacedAt: null }] : [];
}

/** Files are published before the files that refer to them, so that every reference is valid at any time. */
const rank = (name) => (/(^|\/)(index\.html|main\.js)$/.test(name) ? 2 : /\.html$/.test(name) ? 1 : 0);

const isSame = (a, b) => fs.existsSync(b) && fs.readFileSync(a).equals(fs.readFileSync(b));

/**
 * Moves a finished build from `from` to `to`, file by file, each in one step, while a server may be running from `to`. Files of
 * earlier versions, but their pages, stay for a week, those of the last one in any case.
 */
export function publish(from, to, { now = Date.now() } = {}) {
  const files = listFiles(from);
  const [replaced, ...older] = readVersions(to);
  const isRebuild = replaced && replaced.files.join("\n") === files.join("\n");
  const past = !replaced || isRebuild ? older : [{ ...replaced, replacedAt: now }, ...older];
  const kept = past
    .filter(({ replacedAt }, index) => index === 0 || now - replacedAt < KEEP_MS)
    .slice(0, MOST_VERSIONS);
  for (const name of [...files].sort((a, b) => rank(a) - rank(b))) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    // What has not changed keeps its time of change, and with it its ETag.
    if (isSame(source, target)) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.renameSync(source, target);
  }
  const manifest = path.join(to, MANIFEST);
  fs.writeFileSync(`${manifest}.part`, JSON.stringify({ versions: [{ files, replacedAt: null }, ...kept] }));
  fs.renameSync(`${manifest}.part`, manifest);
  const wanted = new Set([
    ...files,
    ...kept.flatMap((version) => version.files.filter((name) => !/\.html$/.test(name))),
  ]);
  for (const name of listFiles(to)) if (!wanted.has(name)) fs.rmSync(path.join(to, name), { force: true });
  fs.rmSync(from, { recursive: true, force: true });
}

/**
 * Builds beside the folder that a server may be running from, and publishes what was built when the build has succeeded.
 * @param folder of the package
 * @param build gets the name of the folder, within the package, that it writes into
 */
export async function buildBeside(folder, build) {
  const staged = path.join(folder, "dist-next");
  fs.rmSync(staged, { recursive: true, force: true });
  const result = await build("dist-next");
  if (result.code === 0) publish(staged, path.join(folder, "dist"));
  else fs.rmSync(staged, { recursive: true, force: true });
  return result;
}

const STAMPS = path.join(ROOT, ".stamps");
const SKIPPED = /^(node_modules|dist|dist-next|generated|coverage|.*\.gen\.ts|.*\.test\.tsx?)$/;

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

const stampOf = (name) => path.join(STAMPS, name.replaceAll("/", "-"));

/** Whether a step was done with these inputs and its outputs are still there. */
function isDone({ name, inputs, also = "", outputs }) {
  const stamp = stampOf(name);
  const isSame = fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hashOf(inputs, { also });
  return isSame && outputs.every((output) => fs.existsSync(path.join(ROOT, output)));
}

/** Does a step unless it is done already. */
async function step({ name, label, inputs, also = "", outputs, work }) {
  if (isDone({ name, inputs, also, outputs })) return;
  const stamp = stampOf(name);
  const hash = hashOf(inputs, { also });
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
  if (
    name.startsWith("install") &&
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|META_FETCH_FAIL/.test(output)
  )
    return `the dependencies could not be downloaded because the package registry is out of reach; check the network and try again (details: ${log}).`;
  const reason = output.split("\n").find((line) => /\berr(or)?\b/i.test(line)) ?? "it failed";
  return `${label}: ${reason.trim()} (details: ${log}).`;
}

const pnpm = (...args) =>
  run("npx", ["-y", readJson("package.json").packageManager, ...args], {
    // The registry may be behind a proxy with a certificate that only the machine knows.
    env: { ...process.env, CI: "1", NODE_ENV: "", NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --use-system-ca` },
  });

const SCHEMA = ["packages/db/prisma/schema.prisma", "packages/db/prisma.config.ts"];
const SERVER = [
  "apps/server",
  "packages/db/src",
  "packages/domain/src",
  "packages/messages/src",
  "tsconfig.base.json",
  ...SCHEMA,
];

const APP = ["@orwatch/server", "@orwatch/web"];

/** Installs what the app needs, or everything; what is installed already is not changed, also by the smaller of the two. */
async function install(dependencies, packages) {
  const describe = (name, folders) => ({
    name,
    inputs: [
      "pnpm-lock.yaml",
      "pnpm-workspace.yaml",
      "package.json",
      ...packages.map(({ folder }) => `${folder}/package.json`),
    ],
    also: `${process.platform} ${process.arch}`,
    outputs: ["node_modules/.modules.yaml", ...folders.map((folder) => `${folder}/node_modules`)],
  });
  const everything = describe(
    "install",
    packages.map(({ folder }) => folder),
  );
  const args = ["install", "--frozen-lockfile", "--prefer-offline"];
  if (dependencies === "all") return step({ ...everything, label: "dependencies", work: () => pnpm(...args) });
  if (isDone(everything)) return;
  const filters = APP.flatMap((name) => ["--filter", `${name}...`]);
  await step({
    ...describe("install-app", ["apps/server", "apps/web", "packages/db"]),
    label: "dependencies",
    work: () => pnpm(...filters, ...args),
  });
}

/**
 * Brings the working copy to where it can run: dependencies, generated code and, by default, bundles. Steps whose
 * inputs have not changed are left out, so that doing it again takes no time.
 * @param what "none" of the bundles, those of the "app" (server and web), or "all" of the workspace
 * @param options.dependencies "all", or only those that building and running the "app" takes
 */
export async function prepare(what = "app", { dependencies = "all" } = {}) {
  const packages = listPackages();
  if (!fs.existsSync(path.join(ROOT, "node_modules"))) console.log("First start: dependencies are installed.");
  await install(dependencies, packages);
  await step({
    name: "generate",
    label: "database client",
    inputs: ["pnpm-lock.yaml", ...SCHEMA],
    outputs: ["packages/db/src/generated/prisma/client.ts"],
    work: () => runScript("packages/db", "generate"),
  });
  if (what === "none") return;
  const build = (folder, label, inputs, output, work = (env) => runScript(folder, "build", { env })) =>
    step({
      name: folder,
      label,
      inputs: ["pnpm-lock.yaml", ...inputs],
      outputs: [output],
      work: () => work({ NODE_ENV: "production" }),
    });
  // A server may be running from the existing build.
  const buildApp = (folder, label, inputs, output) =>
    build(folder, label, inputs, output, (env) =>
      buildBeside(path.join(ROOT, folder), (BUILD_FOLDER) =>
        runScript(folder, "build", { env: { ...env, BUILD_FOLDER } }),
      ),
    );
  await Promise.all([
    buildApp("apps/server", "server", SERVER, "apps/server/dist/main.js"),
    buildApp(
      "apps/web",
      "web app",
      ["apps/web", "packages/domain/src", "packages/messages/src", "tsconfig.base.json"],
      "apps/web/dist/index.html",
    ),
  ]);
  if (what !== "all") return;
  for (const { folder, manifest } of packages)
    if (manifest.scripts?.build && !folder.startsWith("apps/"))
      await build(folder, manifest.name, [folder, ...SERVER], `${folder}/dist`);
}

// "app": server and web only.
if (process.argv[1] === import.meta.filename) await main("", () => prepare(process.argv[2] ?? "all"));
