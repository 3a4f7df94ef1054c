import { z } from "zod";
import { account } from "./account.ts";
import { accounts } from "./accounts.ts";
import { alerts } from "./alerts.ts";
import { audit } from "./audit.ts";
import { common } from "./common.ts";
import { deliveries } from "./deliveries.ts";
import { digest } from "./digest.ts";
import { errors } from "./errors.ts";
import { issues } from "./issues.ts";
import { jobs } from "./jobs.ts";
import { keys } from "./keys.ts";
import { teams } from "./teams.ts";

/** The entries of each catalog file. */
export const PARTS = {
  common,
  alerts,
  keys,
  accounts,
  deliveries,
  account,
  teams,
  jobs,
  digest,
  audit,
  errors,
  issues,
};

/** A list without literal types: parameters are typed in `Message`, and zod types of all entries would slow down the compiler. */
const entries = Object.values(PARTS).flat() as unknown as [
  z.ZodObject<{ code: z.ZodLiteral<string>; params: z.ZodObject }>,
];

/** Every message of the product. Codes are part of the contract: add, never rename. */
export const messageSchema = z.discriminatedUnion("code", entries);
