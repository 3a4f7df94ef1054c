import { z } from "zod";
import { id, idInput, instant, name } from "../../rpc/wire.ts";

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/);

/** Beyond this, browsers and authenticators disagree with the standard (1,023 bytes). */
const credentialId = base64url(1364);
const clientDataJSON = base64url(4096);

/** What `navigator.credentials.create()` returned. */
const createdCredential = z.strictObject({
  id: credentialId,
  client_data: clientDataJSON,
  attestation: base64url(32_768),
  transports: z
    .array(
      z
        .string()
        .regex(/^[a-z-]+$/)
        .max(32),
    )
    .max(10),
});
export type CreatedCredential = z.infer<typeof createdCredential>;

/** What `navigator.credentials.get()` returned. */
export const usedCredential = z.strictObject({
  id: credentialId,
  client_data: clientDataJSON,
  authenticator_data: base64url(4096),
  signature: base64url(8192),
  user_handle: base64url(128).nullable(),
});
export type UsedCredential = z.infer<typeof usedCredential>;

const credentialList = z.array(
  z.object({ id: z.string(), type: z.literal("public-key"), transports: z.array(z.string()) }),
);

/** Options of `navigator.credentials.create()`, in their JSON form. */
export const creationOptionsOutput = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: credentialList,
  authenticatorSelection: z.object({
    residentKey: z.literal("required"),
    requireResidentKey: z.literal(true),
    userVerification: z.literal("required"),
  }),
  attestation: z.literal("none"),
});

/** Options of `navigator.credentials.get()`, in their JSON form. */
export const requestOptionsOutput = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal("required"),
  allowCredentials: credentialList,
});

export const passkeyInput = z.strictObject({ credential: usedCredential });
export const addPasskeyInput = z.strictObject({ credential: createdCredential });
export const passkeyIdInput = z.strictObject({ id: idInput.describe("ID of the passkey.") });
export const renamePasskeyInput = passkeyIdInput.extend({ name });

const passkeyOutput = z
  .object({
    id: id.describe("ID of the passkey."),
    name: z.string().describe("Name of the passkey."),
    host: z.string().describe("Host name at which the passkey works."),
    created_at: instant.describe("When the passkey was added."),
    last_used_at: instant.nullable().describe("When the passkey was last used. `null` if never."),
  })
  .meta({ id: "Passkey" });
export const passkeyListOutput = z.array(passkeyOutput);
export const addedPasskeyOutput = z.object({
  passkey: passkeyOutput,
  /** Empty unless the passkey is the first second factor of the user. */
  recovery_codes: z.array(z.string()),
});
