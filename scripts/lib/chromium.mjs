import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { bin, ROOT } from "./run.mjs";

/** The shell without a window first: it takes half the time, and does not slow down the pages that are not in front. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DEBIAN_PACKAGES = ["chromium-headless-shell", "chromium"];

const onPath = (name) =>
  (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file));

function findChromium() {
  if (process.env.CHROMIUM_PATH) return fs.existsSync(process.env.CHROMIUM_PATH) ? process.env.CHROMIUM_PATH : null;
  const { chromium } = createRequire(path.join(ROOT, "tests/package.json"))("@playwright/test");
  return [...NAMES.map(onPath), chromium.executablePath()].find((file) => file && fs.existsSync(file)) ?? null;
}

/**
 * Path of a Chromium: CHROMIUM_PATH, an installed one, else Debian's package (as root), else Playwright's own download.
 * @returns null when there is none to be had
 */
export function ensureChromium() {
  const found = findChromium();
  if (found || process.env.CHROMIUM_PATH) return found;
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    console.log("  Chromium is installed for the end-to-end tests (Debian's package)");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { env });
    for (const name of DEBIAN_PACKAGES) {
      const { status } = spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], { env });
      if (status === 0) break;
    }
  }
  if (!findChromium()) {
    console.log("  Chromium is downloaded for the end-to-end tests (Playwright's)");
    spawnSync(bin("playwright", "tests"), ["install", "chromium"], { stdio: "inherit", timeout: 180_000 });
  }
  return findChromium();
}
