import { client } from "../generated/hey-api/client.gen";
import { v1Stats, v1Usage } from "../generated/hey-api/sdk.gen";
import { baseUrl, headers, print, query, range } from "./arguments.mts";

client.setConfig({ baseUrl: baseUrl as "/", headers });
const stats = await v1Stats({ query: range });
const page = await v1Usage({ query });
print(stats.data?.summary.total_cost, page.data);
