import path from "node:path";
import { checkImports } from "./cruise.ts";

const { read, unread, breaches } = await checkImports(path.resolve(import.meta.dirname, "../../.."));
for (const { from, to, rule, comment } of breaches) console.log(`${from} imports ${to} (${rule})\n    ${comment}`);
if (unread.length > 0) console.log(`${unread.length} source files were not read, such as ${unread[0]}`);
console.log(`${read} modules, ${breaches.length} breaches`);
process.exitCode = breaches.length + unread.length > 0 ? 1 : 0;
