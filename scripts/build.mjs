import "./help.mjs";
import { prepare } from "./prepare.mjs";
import { main } from "./run.mjs";

// "app": server and web only.
await main("", () => prepare(process.argv[2] ?? "all"));
