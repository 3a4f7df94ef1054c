import { createClient } from "@orwatch/sdk";
import { Spend } from "./spend";

export const dynamic = "force-dynamic";

/** Passes a page of usage to a client component, which only plain data can be. */
export default async function Page() {
  const client = createClient();
  const page = await client.usage.list({ start_date: "2026-03-01", end_date: "2026-03-20" });
  const { summary } = await client.stats.get({ start_date: "2026-03-01", end_date: "2026-03-20" });
  return <Spend page={page} total={summary.cost} />;
}
