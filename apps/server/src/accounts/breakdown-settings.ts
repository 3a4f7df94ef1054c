import { z } from "zod";

/** Which breakdowns of an account's usage are collected. */
export const breakdownSettings = z.object({
  providers: z.boolean(),
  apps: z.boolean(),
  finish_reasons: z.boolean(),
  hours: z.boolean(),
  performance: z.boolean().describe("Latency and throughput, with providers"),
  end_users: z
    .boolean()
    .describe("Ids that requests name as user. They may be personal data; false deletes what is stored of them"),
});
export type BreakdownSettings = z.infer<typeof breakdownSettings>;

export const DEFAULT_BREAKDOWNS: BreakdownSettings = {
  providers: true,
  apps: true,
  finish_reasons: true,
  hours: true,
  performance: true,
  end_users: false,
};

/** As stored in the account; what is missing or cannot be read has its default. */
export function readBreakdownSettings(stored: string | null): BreakdownSettings {
  if (stored === null) return DEFAULT_BREAKDOWNS;
  try {
    const parsed = breakdownSettings.partial().safeParse(JSON.parse(stored));
    return { ...DEFAULT_BREAKDOWNS, ...(parsed.success ? parsed.data : {}) } as BreakdownSettings;
  } catch {
    return DEFAULT_BREAKDOWNS;
  }
}
