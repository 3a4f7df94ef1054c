import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const ROOT = path.resolve(import.meta.dirname, "../..");
export const SDK = path.join(ROOT, "packages/sdk");
export const CONSUMER = path.join(ROOT, "tests/sdk-consumer");

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program until it exits, whatever its exit code. */
export const run = (
  file: string,
  args: string[],
  { cwd = ROOT, env = {}, timeoutMs = 60_000 }: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<Outcome> =>
  new Promise((resolve) => {
    const { PATH, HOME, NODE_EXTRA_CA_CERTS = "" } = process.env;
    // A registry behind a proxy may have a certificate that only the machine knows.
    const clean = { PATH, HOME, NODE_EXTRA_CA_CERTS, NODE_OPTIONS: "--use-system-ca", NO_COLOR: "1", ...env };
    const options = { cwd, env: clean, timeout: timeoutMs, maxBuffer: 1 << 24 };
    execFile(file, args, options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });

async function must(file: string, args: string[], options?: Parameters<typeof run>[2]): Promise<Outcome> {
  const outcome = await run(file, args, options);
  if (outcome.code !== 0) throw new Error(`${file} ${args.join(" ")}\n${outcome.stdout}\n${outcome.stderr}`);
  return outcome;
}

/** Modification time of the newest file that the built package depends on. */
function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? newest(file) : statSync(file).mtimeMs;
  });
  return Math.max(0, ...times);
}

function isBuilt(): boolean {
  const last = path.join(SDK, "dist/trpc.d.cts");
  const sources = Math.max(newest(path.join(SDK, "src")), newest(path.join(SDK, "scripts")));
  return existsSync(last) && statSync(last).mtimeMs >= sources;
}

/** Builds the SDK when its sources changed since the last build; one test file builds, the others wait. */
export async function buildSdk(): Promise<void> {
  const lock = path.join(SDK, "node_modules/.building");
  for (const end = Date.now() + 60_000; ; await sleep(100)) {
    if (Date.now() > end) rmSync(lock, { recursive: true, force: true });
    try {
      mkdirSync(lock);
    } catch {
      continue;
    }
    try {
      if (!isBuilt()) await must("npm", ["run", "build"], { cwd: SDK });
      return;
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

/** A folder outside the workspace with only the packed SDK installed. */
export interface Install {
  folder: string;
  tarball: string;
  /** Folder of the package. */
  installed: string;
  /** Makes packages that a folder of tests/sdk-consumer has available as if they were installed too, in the place of others linked before. */
  link(names: string[], from?: string): void;
  remove(): void;
}

export async function installPacked(): Promise<Install> {
  await buildSdk();
  const folder = mkdtempSync(path.join(tmpdir(), "sdk-consumer-"));
  const { packageManager } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  // It is built already; building again would remove files that other tests read.
  await must("npx", ["-y", packageManager, "--ignore-scripts", "pack", "--pack-destination", folder], { cwd: SDK });
  const tarball = path.join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz"))!);
  writeFileSync(path.join(folder, "package.json"), '{ "name": "consumer", "version": "1.0.0", "type": "module" }');
  await must("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });
  for (const source of [CONSUMER, path.join(ROOT, "examples")])
    for (const name of readdirSync(source).filter((file) => /\.[cm]?[jt]sx?$/.test(file)))
      cpSync(path.join(source, name), path.join(folder, name));
  cpSync(path.join(folder, "types.mts"), path.join(folder, "bundler.ts"));
  return {
    folder,
    tarball,
    installed: path.join(folder, "node_modules/@orwatch/sdk"),
    link(names, from = ".") {
      for (const name of names) {
        const target = path.join(folder, "node_modules", name);
        mkdirSync(path.dirname(target), { recursive: true });
        rmSync(target, { force: true });
        symlinkSync(path.join(CONSUMER, from, "node_modules", name), target);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const STRICT = [
  "--noEmit",
  "--strict",
  "--exactOptionalPropertyTypes",
  "--noUncheckedIndexedAccess",
  "--target",
  "es2022",
];
export const DOM = ["--lib", "es2022,dom,dom.iterable,dom.asynciterable"];
export const NODE = ["--lib", "es2022", "--types", "node"];
export const NODENEXT = ["--module", "nodenext", "--moduleResolution", "nodenext"];
export const BUNDLER = ["--module", "esnext", "--moduleResolution", "bundler"];

/** Output of a TypeScript version for files of the install; empty when there are no errors. */
export async function compile(install: Install, compiler: string, args: string[]): Promise<string> {
  const tsc = path.join(CONSUMER, "node_modules", compiler, "bin/tsc");
  const { code, stdout, stderr } = await run(process.execPath, [tsc, ...STRICT, ...args], { cwd: install.folder });
  return code === 0 ? "" : `${stdout}${stderr}` || `ended with ${code}`;
}
