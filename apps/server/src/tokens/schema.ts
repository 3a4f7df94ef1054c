import { z } from "zod";
import { id, idInput, instant, name } from "../rpc/wire.ts";

export const issueTokenInput = z.strictObject({
  name,
});

export const issuedTokenOutput = z.object({
  id: id.describe("ID of the API token."),
  name: z.string().describe("Name of the API token."),
  token: z.string().describe("The API token. Returned only once."),
  created_at: instant.describe("When the API token was created."),
});

const tokenOutput = z
  .object({
    id: id.describe("ID of the API token."),
    name: z.string().describe("Name of the API token."),
    created_at: instant.describe("When the API token was created."),
    last_used_at: instant.nullable().describe("When the API token was last used. `null` if never."),
    is_active: z.boolean().describe("Whether the API token is accepted."),
  })
  .meta({ id: "ApiToken" });

export const tokenListOutput = z.array(tokenOutput);
export const tokenIdInput = z.strictObject({ id: idInput });
