import { z } from "zod";
import { instant } from "../../rpc/wire.ts";

export const digestInput = z.strictObject({
  language: z.enum(["en", "it"]).default("en").describe("What it is written in"),
});

export const digestOutput = z
  .object({
    next_at: instant.describe("When the next one is sent: Monday 07:00 UTC"),
    subject: z.string().nullable().describe("null while there are no keys"),
    text: z.string().nullable(),
    html: z.string().nullable().describe("A whole page; names in it are escaped"),
  })
  .meta({ id: "DigestPreview" });
