import { z } from "zod";
import { count, id, idInput, instant } from "../rpc/wire.ts";

export const listUsersInput = z.strictObject({
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("How many to pass over"),
  limit: z.coerce.number<number>().int().min(1).max(100).default(50).describe("How many to answer with, 1 to 100"),
});

/** What the administrator sees of a user: no keys, usage or tokens, only the number of keys. */
export const listedUserOutput = z
  .object({
    id,
    email: z.string(),
    created_at: instant,
    last_login_at: instant.nullable(),
    is_active: z.boolean(),
    is_admin: z.boolean(),
    keys: count.describe("How many OpenRouter keys"),
  })
  .meta({ id: "ListedUser" });

export const userListOutput = z.object({ items: z.array(listedUserOutput), total: count });

export const updateUserInput = z.strictObject({
  id: idInput,
  is_active: z
    .boolean()
    .describe("false: sessions end at once, API tokens are refused and keys not synced until it is true again"),
});

export const userIdInput = z.strictObject({ id: idInput });
export const endedOutput = z.object({ ended: count.describe("Sessions that ended") });
