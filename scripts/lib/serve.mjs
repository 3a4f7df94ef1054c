import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./run.mjs";

/**
 * Runs a bundle of the server in this process: no parent that could die without its child, no signal to forward.
 * @returns false when it refused to start; it has said why
 */
export async function runBundle(name, env) {
  Object.assign(process.env, env, { NODE_ENV: "production" });
  await import(pathToFileURL(path.join(ROOT, "apps/server/dist", name)));
  return !process.exitCode;
}
