import { isDay } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { ROLES } from "@orwatch/domain/permissions";
import { LANGUAGES } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { withoutInvisible } from "../platform/invisible-characters.ts";
import { issueText } from "./validation-issues.ts";

/** Common values of requests and responses as zod schemas. `.describe()` is the public REST documentation. */

export const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER).describe("Unique identifier.");

/** An ID in a path or query: a string over REST, a number on /trpc. */
export const idInput = z.coerce
  .number<number>()
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .describe("Unique identifier.");

const NO_DAY = issueText(message("field_not_date", {}));

export const day = z
  .string()
  .max(10, { error: NO_DAY, abort: true })
  .refine(isDay, NO_DAY)
  .describe("UTC date in `YYYY-MM-DD` format.")
  .meta({ format: "date", examples: ["2026-11-01"] });

export const dayOutput = z
  .string()
  .describe("UTC date in `YYYY-MM-DD` format.")
  .meta({ format: "date", examples: ["2026-11-01"] });

export const instant = z
  .string()
  .describe("RFC 3339 timestamp in UTC.")
  .meta({ format: "date-time", examples: ["2026-11-22T14:05:00.000Z"] });

export const language = z.enum(LANGUAGES.map(({ tag }) => tag)).describe("Language of messages.");

export const money = z
  .string()
  .regex(/^-?\d+\.\d{2,9}$/)
  .describe("Exact amount in USD, as a decimal string with 2 to 9 fractional digits.")
  .meta({ examples: ["0.0082"] });

/** A stored instant as a response contains it. */
export const formatInstant = (at: Date | string | null): string | null =>
  at === null ? null : new Date(at).toISOString();

/** A stored amount as a response contains it. */
export const formatMoney = (nanos: bigint | null): string | null => (nanos === null ? null : formatNanos(nanos));

const SECRET = /sk-or-v1-[\w-]{16,}|or_(api|inv|share)_[\w-]{16,}/;

/**
 * A name or description that users enter. One that contains a key or token, pasted into the wrong field, is rejected: it
 * would be stored, shown and backed up in plain text.
 */
export const label = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !SECRET.test(text), issueText(message("field_holds_secret", {})));

/** Display name of a resource. */
export const name = label(100).min(1).describe("Display name, 1 to 100 characters.");

/** Compared case-insensitively, after Unicode compatibility normalization (NFKC). */
export const email = z
  .string()
  .trim()
  .max(254)
  .transform((text) => text.normalize("NFKC").toLowerCase())
  // Normalization turns some characters into several.
  .pipe(z.email().max(254))
  .describe("Email address. Not case-sensitive.")
  .meta({ examples: ["ada@example.com"] });

/** An OpenRouter key as users paste it. */
export const openRouterKey = z
  .string()
  .overwrite(withoutInvisible)
  .trim()
  .max(300)
  .regex(/^sk-or-v1-[\x21-\x7e]+$/, issueText(message("field_not_openrouter_key", {})))
  .describe("OpenRouter key: an inference key or a management key. Stored encrypted and never returned.")
  .meta({ examples: ["sk-or-v1-0123456789abcdef"] });

/** Counts are null where they are unknown: spend known from counters alone has no requests or tokens. */
export const count = z.int().min(0);

/** Number of items of a list on all pages. */
export const total = count.describe("Number of items on all pages.");

const UNKNOWN = "`null` if unknown: spend known only from a key's counters has no counts.";

/** Counts of usage. */
export const requests = count.nullable().describe(`Number of requests. ${UNKNOWN}`);
/** `schema` under its former name, in addition to the present one. docs/deprecations.md has its last day. */
export const formerly = <S extends z.ZodType>(name: string, schema: S): S =>
  schema.describe(`Use \`${name}\` instead.`).meta({ deprecated: true });
export const inputTokens = count.nullable().describe(`Prompt tokens, including cached ones. ${UNKNOWN}`);
export const outputTokens = count.nullable().describe(`Completion tokens, including reasoning. ${UNKNOWN}`);

export const modelOutput = z
  .string()
  .describe("Model slug, such as `openai/gpt-5`. `(unattributed)` for spend whose model is unknown.");

/** Paging of a list: how many items to leave out. */
export const skip = z.coerce
  .number<number>()
  .int()
  .min(0)
  .max(1_000_000)
  .default(0)
  .describe("Number of items to skip.");

/** Paging of a list: how many items to return. */
export const limitTo = (max: number, fallback: number) =>
  z.coerce
    .number<number>()
    .int()
    .min(1)
    .max(max)
    .default(fallback)
    .describe(`Maximum number of items to return, 1 to ${max}.`);

/** A sum of counts as a JSON number, capped at the largest exact integer. */
export const toCount = (sum: bigint): number =>
  Number(sum > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : sum);

/** A message as data, for clients that render it in their own language. */
export const codedMessage = z
  .object({
    code: z.string().describe("Stable message code. New codes may be added in any version."),
    params: z
      .record(z.string(), z.unknown())
      .describe("Parameters of the message: IDs, names, counts, dates, timestamps, and nano-dollars as strings."),
  })
  .meta({ id: "Message" });

export const messageOutput = z.object({ message: z.string().describe("What happened, in English.") });

/** The range of days of a report. */
export const range = {
  start_date: day.describe("First day of the range (UTC), inclusive, in `YYYY-MM-DD` format."),
  end_date: day.describe(
    "Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days.",
  ),
};

/** How current a response is. */
export const syncState = {
  as_of: instant
    .nullable()
    .describe("Oldest of the last successful syncs of the selected active keys. `null` if none was synced."),
  complete_through: dayOutput
    .nullable()
    .describe("Last day that is final, except for later restatements by OpenRouter. `null` if there is none."),
};

export const byokCost = money.describe(
  "Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost.",
);

export const role = z
  .enum(ROLES)
  .describe("Role in the team: `owner`, `admin`, `editor` or `viewer`. Each may do everything that the next one may.");

export const teamName = z.string().describe("Name of the team.");

/** A team as the web app lists it in its switcher. */
export const teamSummary = {
  id: id.describe("ID of the team."),
  name: teamName,
  role: role.describe("Your role in the team: `owner`, `admin`, `editor` or `viewer`."),
  is_personal: z
    .boolean()
    .describe("Whether it is your personal team, which every user has. You can neither leave nor delete it."),
  requires_second_factor: z
    .boolean()
    .describe("Whether only members with two-factor authentication have access to the team."),
};

export const invitationToken = z
  .string()
  .overwrite(withoutInvisible)
  .trim()
  .min(1)
  .max(100)
  .describe("The invitation token: what follows `#` in the link.")
  .meta({ examples: ["or_inv_Zc0mJ5Vx2mVq1aYb7Tn8LwK4eR3sD9fG6hJ2kL5pQ8"] });
