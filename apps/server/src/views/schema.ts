import { z } from "zod";
import { id, idInput, instant, label } from "../rpc/wire.ts";

const name = label(80).min(1).describe("Name of the view, 1 to 80 characters. Unique in the team.");
const query = label(2000).describe(
  "Query string of the page in the web app, at most 2,000 characters. The server does not interpret it, and leaves `team` out.",
);
const pinned = z.boolean().describe("Whether the view is listed first.");

export const createViewInput = z.strictObject({
  name,
  query,
  pinned: pinned.default(false).describe("Whether the view is listed first. Default: `false`."),
});

const viewId = idInput.describe("ID of the view.");

export const updateViewInput = z.strictObject({
  id: viewId,
  name: name.optional(),
  query: query.optional(),
  pinned: pinned.optional(),
});

export const viewIdInput = z.strictObject({ id: viewId });

export const viewOutput = z
  .object({
    id: id.describe("ID of the view."),
    name: z.string().describe("Name of the view."),
    query: z.string().describe("Query string of the page, without `?` and without `team`."),
    pinned,
    created_by: z
      .object({ user_id: id.describe("ID of the user."), email: z.string().describe("Their email address.") })
      .nullable()
      .describe("Who created it. `null` if the user was deleted."),
    created_at: instant.describe("When it was created."),
  })
  .meta({ id: "View" });

export const viewListOutput = z.object({
  items: z.array(viewOutput).describe("All views of the team, at most 100: pinned ones first, then by name."),
});
