import { z } from "zod";
import { instant, language } from "../../rpc/wire.ts";

export const digestInput = z.strictObject({
  language: language.default("en").describe("Language of the digest."),
});

export const digestOutput = z
  .object({
    next_at: instant.describe("When the next digest is sent: Monday 07:00 UTC."),
    subject: z.string().nullable().describe("`null` if there are no keys."),
    text: z.string().nullable().describe("The digest as plain text. `null` if there are no keys."),
    html: z.string().nullable().describe("Complete HTML page, with names escaped."),
  })
  .meta({ id: "DigestPreview" });
