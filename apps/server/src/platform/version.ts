import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./folders.ts";

/** Version of the product, from the package.json that the server is deployed with. */
export const VERSION: string = JSON.parse(fs.readFileSync(path.join(ROOT, "apps/server/package.json"), "utf8")).version;
