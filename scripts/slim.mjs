// Takes out of an installed server what it never runs: `node scripts/slim.mjs FOLDER`. Sources, maps, compilers, other databases.
import fs from "node:fs";
import path from "node:path";

const [folder] = process.argv.slice(2);
if (!folder || !fs.existsSync(path.join(folder, "package.json"))) {
  console.error("say which folder: one that `pnpm deploy` has written");
  process.exit(1);
}

/** Packages that only declare what others could use, or build with. */
const PACKAGES = /^(@typescript\+|typescript@|@rollup\+|core-js@|@redocly\+openapi-core@)/;
const FILES = [
  /\.(map|d\.ts|d\.mts|d\.cts|md|markdown)$/,
  /query_compiler_.*\.(cockroachdb|mysql|postgresql|sqlserver)\./,
  /\/better-sqlite3\/(src|deps|prebuilds\/(darwin|win32|linuxmusl)-\w+\.node)(\/|$)/,
];

let bytes = 0;
const sizeOf = (file) => {
  const stat = fs.lstatSync(file);
  if (!stat.isDirectory()) return stat.size;
  return fs.readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0);
};

function remove(file) {
  bytes += sizeOf(file);
  fs.rmSync(file, { recursive: true });
}

function slim(current) {
  for (const entry of fs.readdirSync(current, { withFileTypes: true })) {
    const file = path.join(current, entry.name);
    if (FILES.some((pattern) => pattern.test(file))) remove(file);
    else if (entry.isDirectory()) slim(file);
  }
}

const store = path.join(folder, "node_modules/.pnpm");
for (const name of fs.readdirSync(store)) if (PACKAGES.test(name)) remove(path.join(store, name));
slim(path.join(folder, "node_modules"));
console.log(`${Math.round(bytes / 1e6)} MB taken out of ${folder}`);
