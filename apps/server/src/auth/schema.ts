import { PASSWORD_LENGTH, PASSWORD_NEEDS } from "@orwatch/domain/password";
import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { withoutInvisible } from "../platform/invisible-characters.ts";
import { issueText } from "../rpc/validation-issues.ts";
import { email, id, idInput, instant, invitationToken, teamSummary } from "../rpc/wire.ts";
import { usedCredential } from "./passkeys/schema.ts";

const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min)
  .max(PASSWORD_LENGTH.max)
  .superRefine((text, check) => {
    for (const { needs, pattern } of PASSWORD_NEEDS)
      if (!pattern.test(text))
        check.addIssue({ code: "custom", message: issueText(message("field_password_needs", { needs })) });
  })
  .describe(
    "12 to 128 characters, with at least one uppercase letter, one lowercase letter, one digit and one special character.",
  )
  .meta({ examples: ["Correct-Horse-9"] });

export const password = z.string().min(1).max(128);

const PASSWORDS_DIFFER = issueText(message("field_passwords_differ", {}));

export const registerInput = z
  .strictObject({
    email,
    password: newPassword,
    password_confirm: z.string().max(128),
    invitation: invitationToken
      .optional()
      .describe(
        "Token of an invitation to a team, which is accepted with the registration. Works even if registration is closed.",
      ),
    setup_code: z
      .string()
      .overwrite(withoutInvisible)
      .trim()
      .min(1)
      .max(64)
      .optional()
      .describe(
        "Set-up code that the server printed at its start. Required for the first user, unless the request comes from the server's own machine. Ignored once a user exists.",
      ),
  })
  .refine((input) => input.password === input.password_confirm, {
    path: ["password_confirm"],
    message: PASSWORDS_DIFFER,
  });

export const code = z
  .string()
  .overwrite(withoutInvisible)
  .trim()
  .min(1)
  .max(64)
  .describe("Six-digit code from the authenticator app (each code works once), or a recovery code.")
  .meta({ examples: ["492039"] });

export const credentialsInput = z.strictObject({
  email,
  password,
  code: code
    .optional()
    .describe("Required if two-factor authentication is on: a code from the authenticator app, or a recovery code."),
});

/** The web app can also answer with a passkey. */
export const signInInput = z.strictObject({ ...credentialsInput.shape, passkey: usedCredential.optional() });

export const userOutput = z
  .object({
    id: id.describe("ID of the user."),
    email: z.string().describe("Email address, which is also the login name."),
    created_at: instant.describe("When the user registered."),
    is_active: z.boolean().describe("Whether the user may log in. `false` after an administrator deactivated them."),
  })
  .meta({ id: "User" });

const teamOutput = z.object(teamSummary);

/** The signed-in user with their teams. */
export const currentUserOutput = z
  .object({
    ...userOutput.shape,
    default_team_id: id.nullable().describe("Team of requests that name none. `null`: your personal team."),
    team: teamOutput.nullable().describe("The team of this request. Over REST never `null`."),
    teams: z.array(teamOutput).describe("Your teams: the personal one first, the others by name. At most 50."),
  })
  .meta({ id: "CurrentUser" });

/** The signed-in user, as the web app gets it. */
export const accountOutput = z.object({
  ...currentUserOutput.shape,
  is_admin: z.boolean(),
  /** Whether the address can be changed: by links in emails. */
  can_change_email: z.boolean(),
  /** The new address that waits for its confirmation. */
  pending_email: z.string().nullable(),
});

export const updateUserInput = z.strictObject({
  default_team_id: id.nullable().describe("Team of requests that name none. `null`: your personal team."),
});

export const loginOutput = z.object({
  access_token: z.string().describe("Session credential. Send it as `Authorization: Bearer <access_token>`."),
  token_type: z.literal("bearer").describe("Type of the credential. Always `bearer`."),
  expires_in: z.int().describe("Seconds until the session expires if it is not used."),
});

export const newPasswordFields = { new_password: newPassword, new_password_confirm: z.string().max(128) };
export const requireSamePassword = <T extends z.ZodObject<typeof newPasswordFields>>(schema: T) =>
  schema.refine((input) => input.new_password === input.new_password_confirm, {
    path: ["new_password_confirm"],
    message: PASSWORDS_DIFFER,
  });

const WITHOUT_PASSWORD =
  "Required unless you have no password. Users without one must have confirmed their identity, at their sign-in provider or with a passkey.";
const ownPassword = password.optional().describe(WITHOUT_PASSWORD);

export const passwordChangeInput = requireSamePassword(
  z.strictObject({ current_password: ownPassword, ...newPasswordFields }),
);

export const reauthenticationInput = z.strictObject({
  password,
  code: code.optional().describe("Required if two-factor authentication is on."),
});
export const reauthenticationOutput = z.object({
  confirmed_until: instant.describe("Until this time, the session does not have to confirm the user's identity again."),
});

export const secondFactorInput = z.strictObject({ password: ownPassword });
export const secondFactorOutput = z.object({
  secret: z.string().describe("Base32 secret to enter in an authenticator app. Returned only once."),
  uri: z.string().describe("The secret as an `otpauth://` URI, to show as a QR code."),
  expires_at: instant.describe("Setup expires at this time unless the first code has been sent."),
});
export const codeInput = z.strictObject({ code });
export const recoveryCodesOutput = z.object({
  recovery_codes: z
    .array(z.string())
    .describe("Each recovery code works once in place of a code from the authenticator app. Returned only once."),
});

export const securityOutput = z
  .object({
    has_password: z
      .boolean()
      .describe(
        "Whether you log in and confirm your identity with a password. `false` if you only use a sign-in provider.",
      ),
    is_admin: z.boolean().describe("Whether the user is an administrator of this server."),
    second_factor: z
      .object({
        enabled_at: instant.nullable().describe("When two-factor authentication was turned on. `null` if unknown."),
        recovery_codes_left: z.int().min(0).describe("Number of recovery codes that have not been used."),
        has_authenticator: z.boolean().describe("Whether there is an authenticator app."),
        passkeys: z.int().min(0).describe("Number of passkeys."),
      })
      .nullable()
      .describe("`null` if two-factor authentication is off."),
    required_by: z
      .enum(["server", "team"])
      .nullable()
      .describe("Who requires two-factor authentication while it is off. `null` if it is on or not required."),
    confirmed_until: instant
      .nullable()
      .describe(
        "Until this time, the session does not have to confirm the user's identity again. `null` if it has to.",
      ),
  })
  .meta({ id: "Security" });

const device = z
  .object({
    app: z.string().nullable().describe("Browser or client."),
    system: z.string().nullable().describe("Operating system."),
  })
  .describe("Derived from the `User-Agent` header. Unrecognized values are `null`.");

const sessionOutput = z
  .object({
    id: id.describe("ID of the session."),
    is_current: z.boolean().describe("Whether this is the session that made the request."),
    created_at: instant.describe("When the user logged in."),
    last_used_at: instant.describe("When the session was last used, accurate to five minutes."),
    expires_at: instant.describe("When the session expires if it is not used."),
    address: z
      .string()
      .nullable()
      .describe("IP address of the last use. IPv6 addresses are given as their /64 network."),
    device,
  })
  .meta({ id: "Session" });
export const sessionListOutput = z.array(sessionOutput);
export const sessionIdInput = z.strictObject({ id: idInput });
export const endedOutput = z.object({ ended: z.int().min(0).describe("Number of sessions that were ended.") });

export const accountDeletionInput = z.strictObject({
  password: ownPassword,
  delete_teams: z
    .boolean()
    .optional()
    .describe(
      "`true` also deletes the teams with other members of which you are the only owner. Otherwise, they are refused with 409.",
    ),
});

export const settingsOutput = z.object({
  allow_registration: z.boolean(),
  needs_setup_code: z.boolean().describe("Whether the first user must send the set-up code that the server printed."),
  can_reset_password: z.boolean().describe("Whether the server sends links to a new password by email."),
  sync_interval_minutes: z.int(),
  max_api_keys_per_user: z.int(),
  max_api_tokens_per_user: z.int(),
  max_teams_per_user: z.int(),
  rate_limit_requests: z.int().describe("Number of calls an API token may make per window."),
  rate_limit_window_s: z.int(),
  password_login: z.boolean(),
  oidc: z
    .object({ name: z.string(), auto_register: z.boolean() })
    .nullable()
    .describe("The provider that people can sign in with."),
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
  views: z.array(z.object({ id, name: z.string(), query: z.string(), pinned: z.boolean(), created_at: instant })),
  annotations: z.array(z.object({ id, date: z.string(), text: z.string(), created_at: instant })),
  projects: z.array(
    z.object({
      id,
      name: z.string(),
      description: z.string().nullable(),
      reference: z.string().nullable(),
      markup_percent: z.number().nullable(),
      keys: z.array(z.object({ api_key_id: id, from: z.string() })),
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
    z.object({
      id,
      name: z.string(),
      scopes: z.string(),
      is_active: z.boolean(),
      expires_at: nullableInstant,
      created_at: instant,
      last_used_at: nullableInstant,
    }),
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
  passkeys: z.array(
    z.object({ name: z.string(), host: z.string(), created_at: instant, last_used_at: nullableInstant }),
  ),
  identities: z.array(
    z.object({
      issuer: z.string(),
      subject: z.string(),
      email: z.string(),
      created_at: instant,
      last_used_at: nullableInstant,
    }),
  ),
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
