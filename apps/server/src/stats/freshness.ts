import { z } from "zod";
import { type Reading, select } from "./selection.ts";

export const freshnessOutput = z.object({
  version: z
    .string()
    .describe("Changes whenever the team's keys or usage change, with every sync, and at midnight UTC."),
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
    `SELECT t.data_version, max(k.last_synced_at) AS newest, count(k.last_sync_error) AS failing
     FROM teams t LEFT JOIN api_keys k ON k.team_id = t.id WHERE t.id = :teamId`,
    { teamId },
  );
  return { version: `${row?.data_version ?? 0}.${row?.failing ?? 0}.${row?.newest ?? ""}.${today}` };
}
