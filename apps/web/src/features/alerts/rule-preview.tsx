import { daysBetween } from "@orwatch/domain/day";
import { useSelector } from "@tanstack/react-form";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import * as z from "zod/mini";
import type { ApiForm } from "../../components/forms/form.tsx";
import { type RulePreview as Preview, type RuleDraft, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import type { RuleValues } from "./kinds/index.ts";

/** How long the form must be unchanged before its rule is evaluated. */
const SETTLE_MS = 500;

interface RulePreviewProps {
  form: ApiForm<RuleValues>;
  schema: z.ZodMiniType<RuleDraft, RuleValues>;
}

/** How often the rule in the form would have fired. Nothing while the form is not valid. */
export function RulePreview({ form, schema }: RulePreviewProps) {
  const values = useSelector(form.store, (state) => state.values);
  // A name is not needed to evaluate the rule.
  const { data: draft } = z.safeParse(schema, { ...values, name: "-" });
  const question = useSettled(draft && JSON.stringify(toQuestion(draft)));
  const preview = trpc.alerts.preview.useQuery(
    question === undefined ? { kind: "key_invalid" } : JSON.parse(question),
    {
      enabled: question !== undefined,
      placeholderData: keepPreviousData,
      retry: false,
      staleTime: 60_000,
    },
  );
  return (
    <div aria-live="polite" aria-busy={preview.isFetching} className="text-table text-muted empty:hidden">
      {question !== undefined && !preview.isError && <Outcome preview={preview.data} />}
    </div>
  );
}

const toQuestion = ({ name: _, is_active: __, channel_ids: ___, ...question }: RuleDraft) => question;

/** A text once it has not changed for a moment. */
function useSettled(text: string | undefined): string | undefined {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Outcome({ preview }: { preview: Preview | undefined }) {
  const { alerts: t } = useTexts("alerts");
  const format = useFormat();
  const say = useSay();
  const words = t.form.preview;
  if (!preview) return <p>{words.loading}</p>;
  if (preview.fired === null) return <p>{words.problems[preview.problem ?? "too_little_history"]}</p>;
  const days = daysBetween(preview.start_date, preview.end_date) + 1;
  return (
    <>
      <p>
        <strong className="font-medium text-ink">{words.fired({ count: preview.fired, days })}</strong>{" "}
        {preview.known_days < days && words.known({ known: preview.known_days, days })}
      </p>
      {preview.alerts.length > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer">{words.details}</summary>
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
            {preview.alerts.map(({ date, message }) => (
              <li key={`${date} ${JSON.stringify(message)}`} dir="auto" className="break-words">
                {format.day(date)}: {say(message)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
