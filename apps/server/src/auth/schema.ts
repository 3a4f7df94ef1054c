import { z } from "zod";
import { id, instant } from "../wire.ts";

/** Compared without case and with compatibility characters folded. */
export const email = z
  .string()
  .trim()
  .max(254, "must have at most 254 characters")
  .transform((text) => text.normalize("NFKC").toLowerCase())
  .pipe(z.email("must be an e-mail address"))
  .describe("E-mail address; compared without case")
  .meta({ examples: ["ada@example.com"] });

const PASSWORD_RULES: [RegExp, string][] = [
  [/\p{Lu}/u, "an upper-case letter"],
  [/\p{Ll}/u, "a lower-case letter"],
  [/\p{Nd}/u, "a digit"],
  [/[^\p{L}\p{N}\s]/u, "a special character"],
];

export const newPassword = z
  .string()
  .min(12, "must have at least 12 characters")
  .max(128, "must have at most 128 characters")
  .superRefine((text, check) => {
    const missing = PASSWORD_RULES.filter(([rule]) => !rule.test(text)).map(([, name]) => name);
    if (missing.length > 0) check.addIssue({ code: "custom", message: `needs ${missing.join(", ")}` });
  })
  .describe("12 to 128 characters with an upper-case and a lower-case letter, a digit and a special character")
  .meta({ examples: ["Correct-Horse-9"] });

const password = z.string().min(1, "is missing").max(128, "must have at most 128 characters");

export const registerInput = z
  .strictObject({ email, password: newPassword, password_confirm: z.string().max(128) })
  .refine((input) => input.password === input.password_confirm, {
    path: ["password_confirm"],
    message: "is not the same as the password",
  });

export const credentialsInput = z.strictObject({ email, password });

export const userOutput = z
  .object({ id, email: z.string(), created_at: instant, is_active: z.boolean() })
  .meta({ id: "User" });

export const loginOutput = z.object({
  access_token: z.string().describe("Session credential: send it as Authorization: Bearer"),
  token_type: z.literal("bearer"),
  expires_in: z.int().describe("Seconds until it expires unless it is used"),
});

export const passwordChangeInput = z
  .strictObject({ current_password: password, new_password: newPassword, new_password_confirm: z.string().max(128) })
  .refine((input) => input.new_password === input.new_password_confirm, {
    path: ["new_password_confirm"],
    message: "is not the same as the new password",
  });

export const accountDeletionInput = z.strictObject({ password });

export const settingsOutput = z.object({
  allow_registration: z.boolean(),
  sync_interval_minutes: z.int(),
  max_api_keys_per_user: z.int(),
  max_api_tokens_per_user: z.int(),
  rate_limit_requests: z.int().describe("Calls one API token may make in a window"),
  rate_limit_window_s: z.int(),
});

const nullableInstant = instant.nullable();

export const accountExportOutput = z.object({
  account: userOutput,
  keys: z.array(
    z.object({
      id,
      name: z.string(),
      description: z.string().nullable(),
      label: z.string(),
      kind: z.string().nullable(),
      is_active: z.boolean(),
      status: z.string(),
      created_at: instant,
      last_used_at: nullableInstant,
    }),
  ),
  channels: z.array(
    z.object({
      id,
      kind: z.string(),
      name: z.string(),
      target: z.string(),
      is_active: z.boolean(),
      created_at: instant,
    }),
  ),
  api_tokens: z.array(
    z.object({ id, name: z.string(), is_active: z.boolean(), created_at: instant, last_used_at: nullableInstant }),
  ),
  sessions: z.array(z.object({ created_at: instant, expires_at: instant })),
  usage_days: z.object({ first: z.string().nullable(), last: z.string().nullable() }),
});
