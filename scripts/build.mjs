import "./lib/help.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";

// "app": server and web only.
await main("", () => prepare(process.argv[2] ?? "all"));
