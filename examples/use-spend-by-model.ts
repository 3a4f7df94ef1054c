import { createClient } from "@orwatch/sdk";
import { useQuery } from "@tanstack/react-query";

const client = createClient({ baseUrl: "https://orwatch.example.com", token: "or_api_…" });

/** Spend by model from one UTC day through another, most expensive first, and again every five minutes. */
export function useSpendByModel(from: string, through: string) {
  return useQuery({
    queryKey: ["orwatch", "spend by model", from, through],
    queryFn: ({ signal }) => client.usage.sum({ by: "model", start_date: from, end_date: through }, { signal }),
    refetchInterval: 300_000,
  });
}
