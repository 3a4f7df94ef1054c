import { signedBar } from "../../../components/charts/money-bar.ts";
import { useSeriesName } from "../../../components/charts/series-name.ts";
import { Panel } from "../../../components/ui/panel.tsx";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { parseMoney, shareOf, sumMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";

type ModelRow = Dashboard["by_model"][number];

const SHOWN = 7;

interface ModelShareProps {
  models: ModelRow[];
  colourOf: (model: string) => string;
}

/** Cost by model as bars, most expensive first. */
export function ModelShare({ models, colourOf }: ModelShareProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const nameOf = useSeriesName();
  const shown = models.slice(0, models.length > SHOWN + 1 ? SHOWN : models.length);
  const rest = models.slice(shown.length);
  const restShare = rest.reduce((sum, { percentage_cost }) => sum + percentage_cost, 0);
  const restCost = sumMoney(rest.map(({ cost }) => cost));
  const total = sumMoney(models.map(({ cost }) => cost));
  const costs = [...shown.map(({ cost }) => cost), restCost].map(parseMoney);
  const scale = {
    low: costs.reduce((least, cost) => (cost < least ? cost : least), 0n),
    high: costs.reduce((most, cost) => (cost > most ? cost : most), 0n),
  };

  return (
    <Panel title={t.usage.tables.shareTitle}>
      <ul className="flex flex-col gap-3 px-4 pt-1 pb-4">
        {shown.map(({ model, cost, percentage_cost }) => (
          <Bar
            key={model}
            label={nameOf(model)}
            cost={cost}
            detail={format.money(cost)}
            share={format.percent(shareOf(percentage_cost, total))}
            scale={scale}
            colour={colourOf(model)}
          />
        ))}
        {rest.length > 0 && (
          <Bar
            label={t.usage.tables.others({ count: rest.length })}
            cost={restCost}
            share={format.percent(shareOf(Math.round(restShare * 10) / 10, total))}
            scale={scale}
            colour="var(--series-other)"
          />
        )}
      </ul>
    </Panel>
  );
}

interface BarProps {
  label: string;
  cost: string;
  detail?: string;
  share: string;
  /** Scale of all bars: from the largest refund, or 0, to the largest cost. */
  scale: { low: bigint; high: bigint };
  colour: string;
}

function Bar({ label, cost, detail, share, scale, colour }: BarProps) {
  const format = useFormat();
  return (
    <li>
      <div className="flex items-baseline justify-between gap-3 text-table">
        <span className="min-w-0 truncate" title={label}>
          {label}
        </span>
        <span className="shrink-0 tabular-nums" title={format.exactMoney(cost)}>
          {detail && <span className="mr-1 text-muted">{detail}</span>} {share}
        </span>
      </div>
      <div className="paint mt-1 h-2 rounded-sm bg-sunken forced-colors:outline" aria-hidden>
        <div
          className="h-full min-w-px rounded-sm"
          style={{ ...signedBar(parseMoney(cost), scale), backgroundColor: colour }}
        />
      </div>
    </li>
  );
}
