import { z } from "zod";
import { type Reading, select } from "./selection.ts";

export const freshnessOutput = z.object({
  version: z
    .string()
    .describe("Changes whenever the user's keys or usage change, with every sync, and at midnight UTC."),
});

interface Row {
  data_version: bigint;
  newest: string | null;
  failing: bigint;
}

/** A small response by which an open page detects that its data has changed. */
export function getFreshness(app: Reading, { teamId, today }: { teamId: number; today: string }) {
  const [row] = select<Row>(
    app,
    `SELECT u.data_version, max(k.last_synced_at) AS newest, count(k.last_sync_error) AS failing
     FROM users u LEFT JOIN api_keys k ON k.team_id = u.id WHERE u.id = :teamId`,
    { teamId },
  );
  return { version: `${row?.data_version ?? 0}.${row?.failing ?? 0}.${row?.newest ?? ""}.${today}` };
}
