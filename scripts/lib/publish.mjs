import fs from "node:fs";
import path from "node:path";

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
