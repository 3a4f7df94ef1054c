import { createApiClient } from "../generated/openapi-zod-client";
import { baseUrl, headers, print, query, range } from "./arguments.mts";

// It checks the responses with the schemas of the document.
const client = createApiClient(baseUrl, { axiosConfig: { headers, paramsSerializer: { indexes: null } } });
const stats = await client.v1Stats({ queries: range });
const page = await client.v1Usage({ queries: query });
print(stats.summary.total_cost, page);
