import { findConfigWarnings } from "./cli/checks/config-warnings.ts";
import { asksForHelp, describeCommand } from "./cli/command.ts";
import { ConfigError, readConfig, readEnvironment, secretsOf } from "./config.ts";
import { createLog } from "./platform/log.ts";
import { StartError, startServer } from "./start.ts";

const AGAIN_MS = 1000;

const write = (line: string) => void process.stdout.write(line);

if (asksForHelp(process.argv.slice(2))) {
  write(describeCommand("start"));
  process.exit(0);
}

// The reader of the log may be gone, or its disk full. The server continues without a log.
let hasOutput = true;
process.stdout.on("error", (error) => {
  if (hasOutput)
    process.stderr.write(
      `orwatch: the log can no longer be written (${error.message}). The server continues without it.\n`,
    );
  hasOutput = false;
});
process.stderr.on("error", () => {});

try {
  const config = readConfig();
  const log = createLog({ level: config.logLevel, write, secrets: secretsOf(config) });
  // Node's own output would not be a log event, and could contain secrets.
  process.on("uncaughtException", (error, origin) => {
    log.error("server.crashed", { origin, error });
    process.exit(1);
  });
  for (const { event, ...fields } of findConfigWarnings(readEnvironment(), config)) log.warn(event, fields);
  const running = await startServer(config, { log });
  let stoppingSince: number | null = null;
  const stop = () => {
    if (stoppingSince !== null) {
      // Ctrl-C can arrive twice if a parent process forwards it. Only a later second press stops the server immediately.
      if (performance.now() - stoppingSince > AGAIN_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    running.stop().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`orwatch did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (running.setupCode !== null)
    write(`No user exists yet. The first one becomes administrator. Set-up code: ${running.setupCode}\n`);
  write(`orwatch is ready at ${config.publicUrl ?? running.url.replace("127.0.0.1", "localhost")}\n`);
} catch (error) {
  const isExplained = error instanceof ConfigError || error instanceof StartError;
  process.stderr.write(
    `orwatch cannot start: ${isExplained ? error.message : ((error as Error).stack ?? String(error))}\n`,
  );
  process.exitCode = 1;
}
