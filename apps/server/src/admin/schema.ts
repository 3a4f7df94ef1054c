import { z } from "zod";
import { count, id, idInput, instant, limitTo, skip, total } from "../rpc/wire.ts";

export const listUsersInput = z.strictObject({
  skip,
  limit: limitTo(100, 50),
});

/** A user as administrators see them: with the number of keys, but no keys, usage or tokens. */
export const listedUserOutput = z
  .object({
    id: id.describe("ID of the user."),
    email: z.string().describe("Email address, which is also the login name."),
    created_at: instant.describe("When the user registered."),
    last_login_at: instant.nullable().describe("When the user last logged in. `null` if never."),
    is_active: z.boolean().describe("Whether the user may log in."),
    is_admin: z.boolean().describe("Whether the user is an administrator of this server."),
    keys: count.describe("Number of OpenRouter keys."),
  })
  .meta({ id: "ListedUser" });

export const userListOutput = z.object({ items: z.array(listedUserOutput).describe("Users, oldest first."), total });

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
