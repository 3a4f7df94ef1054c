import { prepare } from "./prepare.mjs";
import { main } from "./run.mjs";

await main("", () => prepare("all"));
