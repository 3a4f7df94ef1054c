// Imported before everything else: on a Node that is too old, the script runs again under the pinned one and this process only waits for it.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Nodes of supported versions from the npm registry, beside the sources. */
const FOLDER = path.join(ROOT, ".node");

/** Oldest Node that orwatch runs on. */
export const OLDEST_NODE = [22, 19];
/** Newest release of each supported line when this list was last changed; .node-version names the one that everything is built and tested with. */
const RELEASES = { 22: "22.23.3", 24: fs.readFileSync(path.join(ROOT, ".node-version"), "utf8").trim(), 26: "26.10.0" };
export const SUPPORTED_LINES = Object.keys(RELEASES);
export const DEFAULT_LINE = "24";

/** Whether a version such as "22.23.3" is new enough. */
export function isSupported(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

const readVersion = (file) => {
  const { status, stdout } = spawnSync(file, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
};

/**
 * Path of the pinned Node of a line ("22", "24", "26"), downloaded the first time. The registry has the binary in a package per
 * platform, so nothing has to be compiled and no install script runs.
 * @throws Error with one line that says what to install when it cannot be had
 */
export function ensureNode(line = DEFAULT_LINE) {
  const release = RELEASES[line];
  if (!release) throw new Error(`There is no pinned Node ${line}; choose from ${SUPPORTED_LINES.join(", ")}.`);
  const folder = path.join(FOLDER, release);
  const binaryIn = (parent) => path.join(parent, "node_modules", platformPackage(), "bin/node");
  if (fs.existsSync(binaryIn(folder))) return binaryIn(folder);
  fs.mkdirSync(FOLDER, { recursive: true });
  const download = fs.mkdtempSync(path.join(FOLDER, "download-"));
  try {
    const args = ["install", "--prefix", download, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
    spawnSync("npm", [...args, `${platformPackage()}@${release}`], { stdio: "ignore" });
    if (readVersion(binaryIn(download)) !== `v${release}`) throw new Error(explainMissing(release));
    // A temporary folder opens for its owner only; a server that runs as another user needs this Node too.
    fs.chmodSync(download, 0o755);
    // Another script may have been faster; its copy serves as well.
    if (!fs.existsSync(folder)) fs.renameSync(download, folder);
  } finally {
    fs.rmSync(download, { recursive: true, force: true });
  }
  return binaryIn(folder);
}

const platformPackage = () => `node-${process.platform}-${process.arch}`;

const explainMissing = (release) =>
  `orwatch needs Node 22, 24 or 26 and this is Node ${process.versions.node}; Node ${release} could not be downloaded from the npm registry. Install Node 24 from https://nodejs.org and try again.`;

/** Never returns: the process ends as the one it started ends. */
async function runAgain() {
  let node;
  try {
    node = ensureNode();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const version = path.basename(path.resolve(node, "../../../.."));
  console.error(`Node ${process.versions.node} is no longer supported; running under Node ${version} instead.`);
  const env = {
    ...process.env,
    ORWATCH_STARTED_BY_OLD_NODE: "1",
    // Commands that are started by name run under the same Node.
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}`,
  };
  const args = [...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(node, args, { env, stdio: ["inherit", "inherit", "inherit", "ipc"] });
  // A terminal sends Ctrl-C to both processes; passed on as well, it would count as a second press.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  await new Promise(() => {
    child.on("exit", (code, signal) => {
      if (signal === null) process.exit(code ?? 1);
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
      process.kill(process.pid, signal);
    });
  });
}

/** The channel closes when the process that waits is killed; nothing may be left behind then. */
function endWithParent() {
  delete process.env.ORWATCH_STARTED_BY_OLD_NODE;
  if (!process.channel) return;
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}

if (!isSupported(process.versions.node)) await runAgain();
else if (process.env.ORWATCH_STARTED_BY_OLD_NODE === "1") endWithParent();
