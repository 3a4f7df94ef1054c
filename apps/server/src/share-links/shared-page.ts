import { z } from "zod";
import type { App } from "../app.ts";
import { instant } from "../rpc/wire.ts";
import { getDashboard } from "../stats/dashboard/dashboard.ts";
import { sharedDashboardOutput } from "../stats/dashboard/schema.ts";
import type { ShareScope } from "./scope-schema.ts";

/** What visitors see, by the kind of the scope. */
type Content = z.infer<typeof sharedDashboardOutput>;

export const sharedPageOutput = z
  .object({
    name: z.string().describe("Name of the share link."),
    expires_at: instant.describe("The share link works until this time."),
    content: sharedDashboardOutput.describe("What the share link shows."),
  })
  .meta({ id: "SharedPage" });

/** What visitors see of a scope, picked field by field. */
export function readContent(app: App, { teamId, scope }: { teamId: number; scope: ShareScope }): Content {
  switch (scope.kind) {
    case "dashboard":
      return readDashboard(app, { teamId, scope });
  }
}

/** Without IDs, and without names of keys unless the scope shows them. */
function readDashboard(
  app: App,
  { teamId, scope }: { teamId: number; scope: Extract<ShareScope, { kind: "dashboard" }> },
): Content {
  const { days, api_key_ids: keyIds, shows_key_names: showsKeyNames } = scope;
  const dashboard = getDashboard(app, { teamId, days, ...(keyIds === null ? {} : { api_key_id: keyIds }) });
  const { summary, by_model, by_date, as_of, complete_through } = dashboard;
  const byKey = dashboard.by_key.map(({ name, kind, requests_count, cost, percentage_cost }) => ({
    name,
    kind,
    requests_count,
    cost,
    percentage_cost,
  }));
  return {
    kind: "dashboard",
    summary,
    by_model,
    by_date,
    by_key: showsKeyNames ? byKey : null,
    as_of,
    complete_through,
  };
}
