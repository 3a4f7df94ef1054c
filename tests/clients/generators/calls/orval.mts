import { v1Stats, v1Usage } from "../generated/orval";
import { baseUrl, headers, print, query, range } from "./arguments.mts";

// Its functions fetch paths.
const send = globalThis.fetch;
globalThis.fetch = (path, init) => send(new URL(String(path), baseUrl), init);
const stats = await v1Stats(range, { headers });
const page = await v1Usage(query, { headers });
if (stats.status !== 200 || page.status !== 200) throw new Error(`${stats.status} ${page.status}`);
print(stats.data.summary.total_cost, page.data);
