import { z } from "zod";
import { id, idInput, instant, name } from "../rpc/wire.ts";

export const issueTokenInput = z.strictObject({
  name,
});

export const issuedTokenOutput = z.object({
  id,
  name: z.string(),
  token: z.string().describe("The API token. Returned only once."),
  created_at: instant,
});

const tokenOutput = z
  .object({ id, name: z.string(), created_at: instant, last_used_at: instant.nullable(), is_active: z.boolean() })
  .meta({ id: "ApiToken" });

export const tokenListOutput = z.array(tokenOutput);
export const tokenIdInput = z.strictObject({ id: idInput });
