import { z } from "zod";
import { withoutInvisible } from "../../platform/invisible-characters.ts";
import { id, idInput, instant, invitationToken } from "../../rpc/wire.ts";
import { usedCredential } from "../passkeys/schema.ts";
import { code, password } from "../schema.ts";

export const beginInput = z.strictObject({
  purpose: z.enum(["login", "connect", "confirm"]),
  redirect: z.string().max(2000).optional(),
  setup_code: z.string().overwrite(withoutInvisible).trim().min(1).max(64).optional(),
  invitation: invitationToken.optional(),
});
export const beginOutput = z.object({ url: z.string() });

export const pendingOutput = z
  .object({
    purpose: z.enum(["login", "confirm"]),
    needs: z.enum(["password", "code"]),
    email: z.string(),
    /** OIDC_NAME. */
    name: z.string(),
    /** Path of the app to continue at. */
    redirect: z.string(),
    /** Whether the second factor can be a passkey. */
    has_passkeys: z.boolean(),
  })
  .nullable();

export const finishInput = z.strictObject({
  password: password.optional(),
  code: code.optional(),
  passkey: usedCredential.optional(),
});

export const identitiesOutput = z.array(
  z
    .object({
      id: id.describe("ID of the connection."),
      name: z.string().describe("Name of the provider (`OIDC_NAME`), or the host of one that is no longer configured."),
      email: z.string().describe("Email address at the provider, as of the last sign-in."),
      is_configured: z
        .boolean()
        .describe("Whether the provider is the one of this server. `false`: it cannot be used to log in."),
      is_last_way: z.boolean().describe("Whether you could not sign in any more without it."),
      created_at: instant.describe("When it was connected."),
      last_used_at: instant.nullable().describe("When it was last used to sign in. `null` if never."),
    })
    .meta({ id: "Identity" }),
);

export const identityIdInput = z.strictObject({ id: idInput.describe("ID of the connection.") });
