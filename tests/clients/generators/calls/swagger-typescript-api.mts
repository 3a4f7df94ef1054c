import { Api } from "../generated/swagger-typescript-api";
import { baseUrl, headers, print, query, range } from "./arguments.mts";

const { api } = new Api({ baseUrl, baseApiParams: { headers, format: "json" } });
const stats = await api.v1Stats(range);
const page = await api.v1Usage(query);
print(stats.data.summary.total_cost, page.data);
