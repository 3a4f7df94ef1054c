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

/** Makes a folder, and those above it that are missing, for whoever owns `like`. */
export function makeFolder(folder: string, like: string): void {
  const first = fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path.resolve(folder); made.length >= path.resolve(first).length; made = path.dirname(made))
    giveToOwner(made, like);
}
