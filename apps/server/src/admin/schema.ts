import { z } from "zod";
import { count, id, idInput, instant, limitTo, skip } from "../rpc/wire.ts";

export const listUsersInput = z.strictObject({
  skip,
  limit: limitTo(100, 50),
});

/** A user as administrators see them: with the number of keys, but no keys, usage or tokens. */
export const listedUserOutput = z
  .object({
    id,
    email: z.string(),
    created_at: instant,
    last_login_at: instant.nullable(),
    is_active: z.boolean(),
    is_admin: z.boolean(),
    keys: count.describe("Number of OpenRouter keys."),
  })
  .meta({ id: "ListedUser" });

export const userListOutput = z.object({ items: z.array(listedUserOutput), total: count });

export const updateUserInput = z.strictObject({
  id: idInput,
  is_active: z
    .boolean()
    .describe(
      "`false` ends all sessions immediately. Until it is `true` again, API tokens are rejected and keys are not synced.",
    ),
});

export const userIdInput = z.strictObject({ id: idInput });
export const endedOutput = z.object({ ended: count.describe("Number of sessions that were ended.") });
