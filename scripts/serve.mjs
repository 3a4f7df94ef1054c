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
  onceASecond(["SIGINT", "SIGTERM"]);
  return !process.exitCode;
}

/** Ctrl-C comes twice, from the terminal and from npm; to the server a second one means "at once". */
function onceASecond(signals) {
  let last = Number.NEGATIVE_INFINITY;
  for (const signal of signals) {
    const listeners = process.rawListeners(signal);
    process.removeAllListeners(signal);
    process.on(signal, (...args) => {
      if (performance.now() - last < 1000) return;
      last = performance.now();
      for (const listener of listeners) listener.apply(process, args);
    });
  }
}
