import "./lib/help.mjs";
import { spawn } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { prepare } from "./build.mjs";
import { loadEnv } from "./lib/env.mjs";
import { bin, main, ROOT } from "./lib/run.mjs";

/** A port that is free now: vite has to know it before the server listens. */
const findFreePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(String(port)));
    });
  });

await main("orwatch cannot start: ", async () => {
  const env = loadEnv();
  await prepare("none");
  if (env.PORT && Number(env.PORT) === 0) env.PORT = await findFreePort();
  const start = (command, args, cwd = ".") =>
    spawn(command, args, { cwd: path.join(ROOT, cwd), env, stdio: "inherit" });
  const children = [
    start(bin("tsx"), ["watch", "--clear-screen=false", "apps/server/src/main.ts"]),
    start(bin("vite", "apps/web"), ["--clearScreen", "false"], "apps/web"),
  ];
  let isStopping = false;
  const stop = (code, graceMs) => {
    if (isStopping) return;
    isStopping = true;
    process.exitCode = code;
    setTimeout(() => {
      for (const child of children) child.kill("SIGTERM");
    }, graceMs).unref();
  };
  // Ctrl-C has reached the children too; tsx kills at once on the second signal.
  process.on("SIGINT", () => stop(0, 1000));
  process.on("SIGTERM", () => stop(0, 0));
  for (const child of children) child.on("exit", (code) => stop(code ?? 0, 0));
});
