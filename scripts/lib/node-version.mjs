// Imported before everything else: on a Node that is too old, the script runs again under the pinned one and this process only waits for it.
import { spawn } from "node:child_process";
import path from "node:path";
import { ensureNode, isSupported } from "./pinned-node.mjs";

if (!isSupported(process.versions.node)) await runAgain();
else if (process.env.ORWATCH_STARTED_BY_OLD_NODE === "1") endWithParent();

/** Never returns: the process ends as the one it started ends. */
async function runAgain() {
  let node;
  try {
    node = ensureNode();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const version = path.basename(path.resolve(node, "../../../.."));
  console.error(`Node ${process.versions.node} is no longer supported; running under Node ${version} instead.`);
  const env = {
    ...process.env,
    ORWATCH_STARTED_BY_OLD_NODE: "1",
    // Commands that are started by name run under the same Node.
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}`,
  };
  const args = [...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(node, args, { env, stdio: ["inherit", "inherit", "inherit", "ipc"] });
  // A terminal sends Ctrl-C to both processes; passed on as well, it would count as a second press.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  await new Promise(() => {
    child.on("exit", (code, signal) => {
      if (signal === null) process.exit(code ?? 1);
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
      process.kill(process.pid, signal);
    });
  });
}

/** The channel closes when the process that waits is killed; nothing may be left behind then. */
function endWithParent() {
  delete process.env.ORWATCH_STARTED_BY_OLD_NODE;
  if (!process.channel) return;
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
