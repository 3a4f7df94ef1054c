import * as z from "zod/mini";
import type { Marks } from "../../../lib/format/numbers.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { defineRuleKind } from "./define.tsx";
import { TermField } from "./term-fields.tsx";

const percents = (marks: Marks) =>
  z.pipe(
    z.string(),
    z.transform((typed, { issues }) => {
      const fail = (message: "doubtful" | "bad") => {
        issues.push({ code: "custom", input: typed, message });
        return z.NEVER;
      };
      // With a decimal comma, this may be one number or two.
      if (marks.decimal === "," && /^\s*\d+,\d+\s*%?\s*$/.test(typed)) return fail("doubtful");
      const parts = typed.split(/[,;\s%]+/).filter(Boolean);
      const isGood = parts.every((one) => /^\d{1,3}$/.test(one) && Number(one) >= 1 && Number(one) <= 100);
      return isGood && parts.length >= 1 && parts.length <= 5 ? parts.map(Number) : fail("bad");
    }),
  );

const DEFAULTS = { percents: "50, 80, 100" };

export const limitShare = defineRuleKind({
  kind: "limit_share",
  defaults: DEFAULTS,
  toValues: ({ percents }) => ({ percents: percents?.join(", ") ?? DEFAULTS.percents }),
  terms: (marks) => ({ percents: percents(marks) }),
  Fields({ form }) {
    const { alerts: t } = useTexts("alerts");
    const errorTexts = { doubtful: t.form.percentsDoubtful, bad: t.form.percentsBad };
    return (
      <form.Field name="percents">
        {(field) => <TermField field={field} label={t.form.percents} inputMode="numeric" errorTexts={errorTexts} />}
      </form.Field>
    );
  },
});
