import { z } from "zod";
import { id, idInput, instant } from "../wire.ts";

export const issueTokenInput = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "is missing")
    .max(100, "must have at most 100 characters")
    .describe("1 to 100 characters"),
});

export const issuedTokenOutput = z.object({
  id,
  name: z.string(),
  token: z.string().describe("The API token. This is the only time it is shown"),
  created_at: instant,
});

export const tokenOutput = z
  .object({ id, name: z.string(), created_at: instant, last_used_at: instant.nullable(), is_active: z.boolean() })
  .meta({ id: "ApiToken" });

export const tokenListOutput = z.array(tokenOutput);
export const tokenIdInput = z.strictObject({ id: idInput });
