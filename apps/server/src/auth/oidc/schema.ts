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
  z.object({
    id,
    /** OIDC_NAME, or the host of a provider that is no longer configured. */
    name: z.string(),
    email: z.string(),
    is_configured: z.boolean(),
    /** Whether the user could not sign in any more without it. */
    is_last_way: z.boolean(),
    created_at: instant,
    last_used_at: instant.nullable(),
  }),
);

export const identityIdInput = z.strictObject({ id: idInput });
