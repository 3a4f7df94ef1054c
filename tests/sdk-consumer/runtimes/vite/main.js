import { createClient } from "@orwatch/sdk";

const client = createClient({ baseUrl: location.origin, token: "or_api_x" });
const { summary } = await client.stats.get();
document.body.textContent = summary.cost;
