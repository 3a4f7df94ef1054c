import { z } from "zod";
import { email, language } from "../../rpc/wire.ts";
import { newPasswordFields, requireSamePassword } from "../schema.ts";

const token = z.string().trim().min(1).max(100);

/** The email is written in the language of the page. */
export const resetRequestInput = z.strictObject({ email, language });
export const passwordResetInput = requireSamePassword(z.strictObject({ token, ...newPasswordFields }));

export const emailChangeInput = z.strictObject({ email, language });
export const emailChangeOutput = z.object({ pending_email: z.string() });
export const tokenInput = z.strictObject({ token });
export const confirmedEmailOutput = z.object({
  is_changed: z.boolean(),
  /** Which address must still be confirmed. */
  waits_for: z.enum(["old", "new"]).nullable(),
});
