import { ExactValue } from "../../../components/charts/usage-chart/exact-value.tsx";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { nameGroup } from "../model/groups.ts";
import { MEASURES } from "../model/metrics.ts";
import type { Pivot } from "../model/view.ts";
import type { Dimension } from "../search/explore-search.ts";
import { useGroupNames } from "../use-group-names.ts";

const CELL = "px-4 py-1.5 text-right tabular-nums whitespace-nowrap";

/** One group as rows, the other as columns, with the totals of both. */
export function PivotTable({ pivot, answer }: { pivot: Pivot; answer: ExploreAnswer }) {
  const t = useTexts("explore");
  const names = useGroupNames();
  const measure = MEASURES[answer.metric];
  const [first, second] = answer.group_by as [Dimension, Dimension];
  const label = t.explore.tableLabel({
    groups: [first, second].map((name) => t.explore.dimensions[name].toLowerCase()).join(" × "),
  });
  return (
    <>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable
        tabIndex={0}
        aria-label={label}
        className="relative max-h-[70dvh] overflow-auto rounded-panel border border-line bg-surface print:max-h-none print:overflow-visible"
      >
        <table className="w-full text-table">
          <caption className="sr-only">{label}</caption>
          <thead className="sticky top-0 z-10 bg-surface text-muted shadow-[0_1px_0_var(--line)]">
            <tr>
              <th scope="col" className="sticky left-0 bg-surface px-4 py-2 text-left">
                {t.explore.dimensions[first]}
              </th>
              {pivot.columns.map(({ id, key }) => (
                <th
                  key={id}
                  scope="col"
                  dir="auto"
                  title={nameGroup(key, second, names)}
                  className={`${CELL} max-w-48 truncate`}
                >
                  {nameGroup(key, second, names)}
                </th>
              ))}
              <th scope="col" className={`${CELL} text-ink`}>
                {t.common.total}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {pivot.rows.map(({ id, key, total }) => (
              <tr key={id} className="hover:bg-sunken">
                <th
                  scope="row"
                  dir="auto"
                  className="sticky left-0 max-w-60 truncate bg-surface px-4 py-1.5 text-left font-normal"
                >
                  {nameGroup(key, first, names)}
                </th>
                {pivot.columns.map((column) => (
                  <td key={column.id} className={CELL}>
                    <ExactValue value={pivot.cellOf(id, column.id)} measure={measure} />
                  </td>
                ))}
                <td className={`${CELL} font-medium`}>
                  <ExactValue value={total} measure={measure} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot className="sticky bottom-0 bg-surface font-medium shadow-[0_-1px_0_var(--line)]">
            <tr>
              <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left">
                {t.common.total}
              </th>
              {pivot.columns.map(({ id, total }) => (
                <td key={id} className={CELL}>
                  <ExactValue value={total} measure={measure} />
                </td>
              ))}
              <td className={CELL}>
                <ExactValue value={pivot.total} measure={measure} />
              </td>
            </tr>
          </tfoot>
        </table>
      </section>
      {pivot.missing > 0 && (
        <p className="mt-1 text-caption text-muted">{t.explore.missingPairs({ count: pivot.missing })}</p>
      )}
    </>
  );
}
