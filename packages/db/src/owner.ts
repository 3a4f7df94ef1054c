import fs from "node:fs";
import path from "node:path";

/**
 * Run by root, what is made beside a database must stay the server's: gives `name` to the owner of `like`, or of the folder of
 * that where it is not there yet. Anybody else owns what they make.
 */
export function giveToOwner(name: string, like: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = fs.statSync(like, { throwIfNoEntry: false }) ?? fs.statSync(path.dirname(like));
  fs.chownSync(name, uid, gid);
}

/**
 * Makes a folder, and those above it that are missing, readable by their owner only. Node's `recursive` never returns where the file
 * system answers that the parent is missing although it is there (below /proc), so each is made on its own.
 * @param like who shall own them; whoever runs this by default
 * @throws the error of the first folder that cannot be made
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
