import { Detail, knownDetails } from "../../../components/tables/usage-details.tsx";
import { Fact, Panel } from "../../../components/ui/panel.tsx";
import type { KeyPageData } from "../../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";

/** Details of the usage in the range that are known. */
export function KeyDetails({ details }: { details: KeyPageData["details"] }) {
  const { usage: t, key } = useTexts("usage", "key");
  const format = useFormat();
  const names = knownDetails(details);
  if (names.length === 0) return null;
  return (
    <Panel title={t.details.title} aside={<span className="text-caption text-muted">{key.range}</span>}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 px-4 pt-1 pb-4 text-table tabular-nums sm:grid-cols-4 xl:grid-cols-7">
        {names.map((name) => (
          <Fact key={name} label={<span title={t.details.hints[name]}>{t.details.columns[name]}</span>}>
            <Detail name={name} of={details} />
          </Fact>
        ))}
      </dl>
      {details.partial.length > 0 && (
        <p className="border-t border-line px-4 py-2.5 text-caption text-muted">
          {t.details.partial({
            names: format.list(details.partial.map((name) => t.details.columns[name].toLowerCase())),
          })}
        </p>
      )}
    </Panel>
  );
}
