import { isDay } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { withoutInvisible } from "../platform/invisible-characters.ts";
import { issueText } from "./validation-issues.ts";

/** The values that every answer is made of, as zod schemas; `.describe()` is public prose. */

export const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

/** An id in a path or query: text over REST, a number on /trpc. */
export const idInput = z.coerce.number<number>().int().min(1).max(Number.MAX_SAFE_INTEGER).describe("Id");

const NO_DAY = issueText(message("field_not_date", {}));

export const day = z
  .string()
  .max(10, { error: NO_DAY, abort: true })
  .refine(isDay, NO_DAY)
  .describe("A UTC day, YYYY-MM-DD")
  .meta({ format: "date", examples: ["2026-11-01"] });

export const dayOutput = z
  .string()
  .describe("A UTC day, YYYY-MM-DD")
  .meta({ format: "date", examples: ["2026-11-01"] });

export const instant = z
  .string()
  .describe("RFC 3339, UTC")
  .meta({ format: "date-time", examples: ["2026-11-22T14:05:00.000Z"] });

export const money = z
  .string()
  .regex(/^-?\d+\.\d{2,9}$/)
  .describe("USD, exact: a decimal string with 2 to 9 fraction digits")
  .meta({ examples: ["0.0082"] });

const SECRET = /sk-or-v1-[\w-]{16,}|or_api_[\w-]{16,}/;

/**
 * Text that people write beside what is kept secret. One with a key or token in it, pasted into the wrong field, is refused: it
 * would be kept, shown and backed up in the clear.
 */
export const label = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !SECRET.test(text), issueText(message("field_holds_secret", {})));

/** What people call a thing. */
export const name = label(100).min(1).describe("1 to 100 characters");

/** An OpenRouter key as people paste it. */
export const openRouterKey = z
  .string()
  .overwrite(withoutInvisible)
  .trim()
  .max(300)
  .regex(/^sk-or-v1-[\x21-\x7e]+$/, issueText(message("field_not_openrouter_key", {})))
  .describe("The OpenRouter key: an inference key, or a management key. Stored encrypted, never shown again")
  .meta({ examples: ["sk-or-v1-0123456789abcdef"] });

/** Counts are null where nobody knows them: spend seen by counters alone has no requests or tokens. */
export const count = z.int().min(0);

/** A sum of counts as it is sent; beyond what a JSON number holds exactly, the largest such number. */
export const toCount = (sum: bigint): number =>
  Number(sum > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : sum);

/** What the product has to say, for clients that show it in a language of their own. */
export const codedMessage = z
  .object({
    code: z.string().describe("Stable; new ones may come with any version"),
    params: z.record(z.string(), z.unknown()).describe("Ids, names, nano-dollars as text, counts, days, instants"),
  })
  .meta({ id: "Message" });

export const messageOutput = z.object({ message: z.string() });
export const nothing = z.void();
