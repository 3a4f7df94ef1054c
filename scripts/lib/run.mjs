import "./node-version.mjs";
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

export const ROOT = path.resolve(import.meta.dirname, "../..");
export const ARTIFACTS = path.join(ROOT, ".artifacts");

/** An error with a one-line message for the user of the script. */
export class Stop extends Error {}

/** Runs a script's work; a Stop is printed as one line after `prefix` and ends the process with 1. */
export async function main(prefix, work) {
  process.chdir(ROOT);
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Stop ? `${prefix}${error.message}` : (error.stack ?? String(error)));
    process.exit(1);
  }
}

export const readJson = (file) => JSON.parse(fs.readFileSync(path.join(ROOT, file), "utf8"));

/** Folders of the workspace with their package.json, relative to the root. */
export function listPackages() {
  const folders = ["apps", "packages"].flatMap((parent) =>
    fs.readdirSync(path.join(ROOT, parent)).map((name) => `${parent}/${name}`),
  );
  return [...folders, "tests", "bench"]
    .filter((folder) => fs.existsSync(path.join(ROOT, folder, "package.json")))
    .map((folder) => ({ folder, manifest: readJson(`${folder}/package.json`) }));
}

/**
 * Runs a command to its end.
 * @param options.show prints what it prints; otherwise that is only kept
 * @returns its exit code (1 when it could not be run, or was killed) and what it printed
 */
export function run(command, args, { cwd = ROOT, env = process.env, show = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: path.resolve(ROOT, cwd),
      env: show ? env : { ...env, NO_COLOR: "1", FORCE_COLOR: undefined },
      shell,
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const finish = (code) => resolve({ code, output: Buffer.concat(chunks).toString() });
    child.on("error", (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      finish(1);
    });
    child.on("close", (code) => finish(code ?? 1));
  });
}

/** Runs a script of a package as pnpm would, without the second that starting pnpm takes. */
export function runScript(folder, name, { env = {} } = {}) {
  const script = readJson(`${folder}/package.json`).scripts[name];
  const bins = [path.join(ROOT, folder, "node_modules/.bin"), path.join(ROOT, "node_modules/.bin")];
  const PATH = [...bins, process.env.PATH].join(path.delimiter);
  return run(script, [], { cwd: folder, env: { ...process.env, ...env, PATH }, shell: true });
}

export const bin = (name, folder = ".") => path.join(ROOT, folder, "node_modules/.bin", name);

export const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/**
 * Runs a bundle of the server in this process: no parent that could die without its child, no signal to forward.
 * @returns false when it refused to start; it has said why
 */
export async function runBundle(name, env) {
  Object.assign(process.env, env, { NODE_ENV: "production" });
  await import(pathToFileURL(path.join(ROOT, "apps/server/dist", name)));
  return !process.exitCode;
}
