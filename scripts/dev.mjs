import { spawn } from "node:child_process";
import path from "node:path";
import { loadEnv } from "./env.mjs";
import { prepare } from "./prepare.mjs";
import { bin, main, ROOT } from "./run.mjs";

await main("orwatch cannot start: ", async () => {
  const env = loadEnv();
  await prepare("none");
  const start = (command, args, cwd = ".") =>
    spawn(command, args, { cwd: path.join(ROOT, cwd), env, stdio: "inherit" });
  const children = [
    start(bin("tsx"), ["watch", "--clear-screen=false", "apps/server/src/main.ts"]),
    start(bin("vite", "apps/web"), ["--clearScreen", "false"], "apps/web"),
  ];
  let isStopping = false;
  const stop = (code) => {
    if (isStopping) return;
    isStopping = true;
    process.exitCode = code;
    for (const child of children) child.kill("SIGTERM");
    setTimeout(() => process.exit(), 3000).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop(0));
  for (const child of children) child.on("exit", (code) => stop(code ?? 0));
});
