import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import util from "node:util";
import { ROOT, Stop } from "./run.mjs";

/** The text of a file as editors save it: UTF-8 with or without a byte order mark, or UTF-16 with one. */
function readText(file) {
  const bytes = fs.readFileSync(file);
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** It contains ENCRYPTION_KEY. Where the file system has no permissions (Windows), this cannot be checked. */
function warnAboutReaders(file) {
  if (process.platform === "win32" || (fs.statSync(file).mode & 0o077) === 0) return;
  console.warn(
    `Warning: other users of this machine can read ${path.basename(file)}, which contains ENCRYPTION_KEY. Run: chmod 600 ${path.basename(file)}`,
  );
}

/**
 * The environment, completed from .env: variables of the environment take precedence. The first time, .env is written with a new ENCRYPTION_KEY;
 * a file that exists is never changed.
 * @param options.mayWrite false for commands on an existing database: a new key decrypts nothing in it
 * @throws Stop when .env is missing and must not be written, or it exists and neither it nor the environment has an ENCRYPTION_KEY
 */
export function loadEnv({ file = path.join(ROOT, ".env"), env = process.env, mayWrite = true } = {}) {
  if (!fs.existsSync(file)) {
    if (env.ENCRYPTION_KEY) return { ...env };
    if (!mayWrite)
      throw new Stop(
        `There is no ${path.basename(file)} and no ENCRYPTION_KEY is set. Put the ENCRYPTION_KEY of the database into ${path.basename(file)}. If it is lost, npm start writes a new one.`,
      );
    const key = randomBytes(32).toString("base64url");
    const text = `# Written by npm start. Every other variable: .env.example\n# Keep a copy of this key, separate from the backups: without it, stored OpenRouter keys cannot be decrypted.\nENCRYPTION_KEY=${key}\n`;
    fs.writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    console.log(`Wrote ${path.basename(file)} with a new ENCRYPTION_KEY: keep a copy of it in a safe place.`);
  }
  warnAboutReaders(file);
  const merged = { ...util.parseEnv(readText(file)), ...env };
  if (!merged.ENCRYPTION_KEY)
    throw new Stop(
      `${path.basename(file)} has no ENCRYPTION_KEY; add the one of your database, or create a new one: echo "ENCRYPTION_KEY=$(openssl rand -base64 33)" >> ${path.basename(file)}`,
    );
  return merged;
}
