import { z } from "zod";
import { withoutInvisible } from "../platform/invisible-characters.ts";
import { count, id, idInput, instant, name } from "../rpc/wire.ts";
import { shareScope } from "./scope-schema.ts";

export const createShareLinkInput = z.strictObject({
  name,
  scope: shareScope.prefault({ kind: "dashboard" }).describe("What the page shows. Default: a dashboard of 30 days."),
  expires_in_days: z.int().min(1).max(365).default(30).describe("The link works for this number of days. Default: 30."),
  password: z
    .string()
    .min(8)
    .max(128)
    .optional()
    .describe("Visitors must enter this password, 8 to 128 characters. Stored as a hash."),
});

const shareLink = {
  id: id.describe("ID of the share link."),
  name: z.string().describe("Name of the share link, which visitors see as the title."),
  scope: shareScope.describe("What the page shows."),
  has_password: z.boolean().describe("Whether visitors must enter a password."),
  created_at: instant.describe("When it was created."),
  expires_at: instant.describe("The link works until this time."),
};

export const shareLinkOutput = z
  .object({
    ...shareLink,
    created_by: z
      .object({ user_id: id.describe("ID of the user."), email: z.string().describe("Their email address.") })
      .describe("Who created it. The link ends when they leave the team or are no longer owner or admin."),
    views: count.describe("How often the page was shown."),
    last_viewed_at: instant.nullable().describe("When the page was last shown. `null` if never."),
  })
  .meta({ id: "ShareLink" });

export const createdShareLinkOutput = z.object({
  ...shareLink,
  token: z.string().describe("The token of the share link. Returned only once."),
  url: z
    .string()
    .describe(
      "Link to the page. Without `PUBLIC_URL`, it is relative to the address of the server. Returned only once.",
    ),
});

export const shareLinkListOutput = z.object({
  items: z.array(shareLinkOutput).describe("Share links that work, newest first. At most 50."),
});
export const shareLinkIdInput = z.strictObject({ id: idInput.describe("ID of the share link.") });

const token = z
  .string()
  .overwrite(withoutInvisible)
  .trim()
  .min(1)
  .max(100)
  .describe("Token of the share link: what follows `#` in the link.")
  .meta({ examples: ["or_share_Zc0mJ5Vx2mVq1aYb7Tn8LwK4eR3sD9fG6hJ2kL5pQ8"] });

export const openShareInput = z.strictObject({ token });
export const openShareWithPasswordInput = z.strictObject({
  token,
  password: z.string().min(1).max(128).optional().describe("Required if the share link has a password."),
});
