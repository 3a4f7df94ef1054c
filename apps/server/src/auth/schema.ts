import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { withoutInvisible } from "../platform/invisible-characters.ts";
import { issueText } from "../rpc/validation-issues.ts";
import { id, idInput, instant } from "../rpc/wire.ts";

/** Compared without case and with compatibility characters folded. */
export const email = z
  .string()
  .trim()
  .max(254)
  .transform((text) => text.normalize("NFKC").toLowerCase())
  // Some characters become several when they are folded.
  .pipe(z.email().max(254))
  .describe("E-mail address; compared without case")
  .meta({ examples: ["ada@example.com"] });

const PASSWORD_RULES = [
  { needs: "upper", pattern: /\p{Lu}/u },
  { needs: "lower", pattern: /\p{Ll}/u },
  { needs: "digit", pattern: /\p{Nd}/u },
  { needs: "special", pattern: /[^\p{L}\p{N}\s]/u },
] as const;

export const newPassword = z
  .string()
  .min(12)
  .max(128)
  .superRefine((text, check) => {
    for (const { needs, pattern } of PASSWORD_RULES)
      if (!pattern.test(text))
        check.addIssue({ code: "custom", message: issueText(message("field_password_needs", { needs })) });
  })
  .describe("12 to 128 characters with an upper-case and a lower-case letter, a digit and a special character")
  .meta({ examples: ["Correct-Horse-9"] });

const password = z.string().min(1).max(128);

const PASSWORDS_DIFFER = issueText(message("field_passwords_differ", {}));

export const registerInput = z
  .strictObject({ email, password: newPassword, password_confirm: z.string().max(128) })
  .refine((input) => input.password === input.password_confirm, {
    path: ["password_confirm"],
    message: PASSWORDS_DIFFER,
  });

const code = z
  .string()
  .overwrite(withoutInvisible)
  .trim()
  .min(1)
  .max(64)
  .describe("Six digits of the authenticator, each code once, or a recovery code")
  .meta({ examples: ["492039"] });

export const credentialsInput = z.strictObject({
  email,
  password,
  code: code.optional().describe("For accounts with a second factor: the authenticator's code, or a recovery code"),
});

export const userOutput = z
  .object({ id, email: z.string(), created_at: instant, is_active: z.boolean() })
  .meta({ id: "User" });

/** What the web app knows of who is logged in. */
export const accountOutput = z.object({ ...userOutput.shape, is_admin: z.boolean() });

export const loginOutput = z.object({
  access_token: z.string().describe("Session credential: send it as Authorization: Bearer"),
  token_type: z.literal("bearer"),
  expires_in: z.int().describe("Seconds until it expires unless it is used"),
});

export const passwordChangeInput = z
  .strictObject({ current_password: password, new_password: newPassword, new_password_confirm: z.string().max(128) })
  .refine((input) => input.new_password === input.new_password_confirm, {
    path: ["new_password_confirm"],
    message: PASSWORDS_DIFFER,
  });

export const reauthenticationInput = z.strictObject({
  password,
  code: code.optional().describe("Needed where the account has a second factor"),
});
export const reauthenticationOutput = z.object({ confirmed_until: instant });

export const secondFactorInput = z.strictObject({ password });
export const secondFactorOutput = z.object({
  secret: z.string().describe("In base32, to type into an authenticator; shown once"),
  uri: z.string().describe("The same as otpauth:// address, to show as a QR code"),
  expires_at: instant.describe("Until when a first code is waited for"),
});
export const codeInput = z.strictObject({ code });
export const recoveryCodesOutput = z.object({
  recovery_codes: z.array(z.string()).describe("Each opens the account once in place of a code; shown once"),
});

export const securityOutput = z
  .object({
    is_admin: z.boolean().describe("Whether this is the administrator of the server"),
    second_factor: z
      .object({ enabled_at: instant.nullable(), recovery_codes_left: z.int().min(0) })
      .nullable()
      .describe("null where there is none"),
    confirmed_until: instant.nullable().describe("Until when this session need not give password and code again"),
  })
  .meta({ id: "Security" });

const device = z
  .object({
    app: z.string().nullable().describe("Browser or client"),
    system: z.string().nullable().describe("Operating system"),
  })
  .describe("As the User-Agent header has it; null where it names nothing known");

export const sessionOutput = z
  .object({
    id,
    is_current: z.boolean().describe("The one that asks"),
    created_at: instant,
    last_used_at: instant.describe("To within five minutes"),
    expires_at: instant.describe("When it ends unless it is used"),
    address: z.string().nullable().describe("Of its last use; an IPv6 address stands for its /64"),
    device,
  })
  .meta({ id: "Session" });
export const sessionListOutput = z.array(sessionOutput);
export const sessionIdInput = z.strictObject({ id: idInput });
export const endedOutput = z.object({ ended: z.int().min(0).describe("Sessions that ended") });

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
  alert_rules: z.array(
    z.object({
      id,
      name: z.string(),
      kind: z.string(),
      terms: z.record(z.string(), z.unknown()),
      api_key_ids: z.array(id).nullable(),
      is_active: z.boolean(),
      created_at: instant,
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
  sessions: z.array(
    z.object({
      created_at: instant,
      last_used_at: instant,
      expires_at: instant,
      address: z.string().nullable(),
      user_agent: z.string().nullable(),
    }),
  ),
  second_factor: z.object({ enabled_at: nullableInstant }).nullable(),
  activity: z.array(
    z.object({
      at: instant,
      last_at: instant,
      count: z.int(),
      kind: z.string(),
      actor: z.string(),
      address: z.string().nullable(),
      user_agent: z.string().nullable(),
      detail: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  usage_days: z.object({ first: z.string().nullable(), last: z.string().nullable() }),
});
