import { Link } from "@tanstack/react-router";
import { describeRule, ruleName } from "../../../components/rules/describe-rule.ts";
import { RuleState } from "../../../components/rules/rule-state.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import type { KeyPageData } from "../../../lib/api/trpc.ts";
import { useSay, useTexts, useWords } from "../../../lib/i18n/i18n.ts";

/** The alert rules that apply to the key. */
export function KeyRules({ page: { rules } }: { page: KeyPageData }) {
  const t = useTexts("key");
  const words = useWords("alerts");
  const say = useSay();
  useNow();
  return (
    <Panel
      title={t.key.rules.title}
      aside={
        <Link
          to="/alerts"
          search={{ part: "rules" }}
          preload={false}
          className="inline-flex min-h-8 items-center text-table font-medium text-accent print:hidden"
        >
          {t.key.rules.all}
        </Link>
      }
    >
      {rules.length === 0 ? (
        <p className="px-4 pb-4 text-muted">{t.key.rules.empty}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {rules.map((rule) => (
            <li key={rule.id} className="px-4 py-2.5">
              <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                <h3 dir="auto" className="min-w-0 font-medium wrap-anywhere">
                  {ruleName(rule, say)}
                </h3>
                <RuleState rule={rule} />
              </div>
              <p className="text-table text-muted wrap-anywhere">{describeRule(rule, words)}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
