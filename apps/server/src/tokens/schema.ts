import { SCOPE_NAMES } from "@orwatch/domain/permissions";
import { z } from "zod";
import { id, idInput, instant, name } from "../rpc/wire.ts";

const scope = z.enum(SCOPE_NAMES);
const SCOPE_TEXTS =
  "`read`: read usage, keys, forecasts and alerts. `sync`: start a sync. `keys:write`: add, rename and turn off keys.";

export const issueTokenInput = z.strictObject({
  name,
  scopes: z
    .array(scope)
    .min(1)
    .max(SCOPE_NAMES.length)
    .default(["read"])
    .describe(`What the API token may do. ${SCOPE_TEXTS} Your role in the team limits it further. Default: \`read\`.`),
  expires_at: z.iso
    .datetime({ offset: true })
    .max(40)
    .nullable()
    .default(null)
    .describe("When the API token stops working. `null`: never."),
});

const scopes = z.array(scope).describe(`What the API token may do. ${SCOPE_TEXTS}`);
const expiresAt = instant.nullable().describe("When the API token stops working. `null` if never.");

export const issuedTokenOutput = z.object({
  id: id.describe("ID of the API token."),
  name: z.string().describe("Name of the API token."),
  token: z.string().describe("The API token. Returned only once."),
  scopes,
  created_at: instant.describe("When the API token was created."),
  expires_at: expiresAt,
});

const tokenOutput = z
  .object({
    id: id.describe("ID of the API token."),
    name: z.string().describe("Name of the API token."),
    scopes,
    created_at: instant.describe("When the API token was created."),
    expires_at: expiresAt,
    last_used_at: instant.nullable().describe("When the API token was last used. `null` if never."),
    created_by: z
      .object({ user_id: id.describe("ID of the user."), email: z.string().describe("Their email address.") })
      .describe("Who created it. It stops working when they leave the team."),
    is_active: z.boolean().describe("Whether the API token is accepted. `false` if it has expired."),
  })
  .meta({ id: "ApiToken" });

export const tokenListOutput = z.array(tokenOutput);
export const tokenIdInput = z.strictObject({ id: idInput });
