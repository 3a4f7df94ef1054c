/** Compiles catalogs/ into src/compiled/. With --check, only reports errors and outdated files. */
import { readCatalogs } from "./catalogs.ts";
import { checkCatalogs } from "./check-catalogs.ts";
import { compileCatalogs } from "./compile-catalogs.ts";

const isCheck = process.argv.includes("--check");
const catalogs = readCatalogs();
const problems = checkCatalogs(catalogs);
if (problems.length === 0) problems.push(...(await compileCatalogs(catalogs, { isCheck })));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
