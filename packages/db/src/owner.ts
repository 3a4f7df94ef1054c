import fs from "node:fs";
import path from "node:path";

/**
 * If root runs this, files created beside a database must belong to the server's user: sets the owner of `name` to that of `like`, or
 * of its folder if `like` does not exist yet. Other users own what they create anyway.
 */
export function giveToOwner(name: string, like: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = fs.statSync(like, { throwIfNoEntry: false }) ?? fs.statSync(path.dirname(like));
  fs.chownSync(name, uid, gid);
}

/**
 * Creates a folder and its missing parents, readable by their owner only. Node's `recursive` option never returns if the file
 * system reports an existing parent as missing (below /proc), so each folder is created separately.
 * @param like file whose owner will own the folders; by default the current user
 * @throws the error of the first folder that cannot be created
 */
export function makeFolder(folder: string, like?: string): void {
  const whole = path.resolve(folder);
  if (fs.existsSync(whole)) {
    if (fs.statSync(whole).isDirectory()) return;
    throw Object.assign(new Error(`${whole} is not a folder`), { code: "ENOTDIR" });
  }
  makeFolder(path.dirname(whole), like);
  try {
    fs.mkdirSync(whole, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if ((error as { code?: string }).code === "EEXIST" && fs.statSync(whole).isDirectory()) return;
    throw error;
  }
  if (like !== undefined) giveToOwner(whole, like);
}
