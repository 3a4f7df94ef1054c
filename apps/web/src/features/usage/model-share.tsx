import { Panel } from "../../components/ui/panel.tsx";
import { formatMoney, formatMoneyExact, formatPercent } from "../../lib/format.ts";
import { isRest } from "../../lib/palette.ts";
import { text } from "../../lib/text/usage.ts";
import type { Dashboard } from "../../lib/trpc.ts";

type ModelRow = Dashboard["by_model"][number];

const SHOWN = 7;

interface ModelShareProps {
  models: ModelRow[];
  colourOf: (model: string) => string;
}

/** Who takes how much of the cost, as bars from the dearest down. */
export function ModelShare({ models, colourOf }: ModelShareProps) {
  const shown = models.slice(0, models.length > SHOWN + 1 ? SHOWN : models.length);
  const rest = models.slice(shown.length);
  const restShare = rest.reduce((sum, { percentage_cost }) => sum + percentage_cost, 0);
  const widest = Math.max(...shown.map(({ percentage_cost }) => percentage_cost), restShare, 1);

  return (
    <Panel title={text.models.shareTitle}>
      <ul className="flex flex-col gap-3 px-4 pt-1 pb-4">
        {shown.map(({ model, cost, percentage_cost }) => (
          <Bar
            key={model}
            label={model}
            title={formatMoneyExact(cost)}
            detail={formatMoney(cost)}
            percent={percentage_cost}
            widest={widest}
            colour={colourOf(model)}
            isHatched={isRest(model)}
          />
        ))}
        {rest.length > 0 && (
          <Bar
            label={text.models.others(rest.length)}
            percent={Math.round(restShare * 10) / 10}
            widest={widest}
            colour="var(--series-rest)"
            isHatched
          />
        )}
      </ul>
    </Panel>
  );
}

interface BarProps {
  label: string;
  title?: string;
  detail?: string;
  percent: number;
  widest: number;
  colour: string;
  isHatched: boolean;
}

function Bar({ label, title, detail, percent, widest, colour, isHatched }: BarProps) {
  return (
    <li>
      <div className="flex items-baseline justify-between gap-3 text-table">
        <span className="min-w-0 truncate" title={label}>
          {label}
        </span>
        <span className="shrink-0 tabular-nums" title={title}>
          {detail && <span className="mr-1 text-muted">{detail}</span>} {formatPercent(percent)}
        </span>
      </div>
      <div className="paint mt-1 h-2 rounded-sm bg-sunken forced-colors:outline" aria-hidden>
        <div
          className={`h-full min-w-px rounded-sm ${isHatched ? "hatch" : ""}`}
          style={{ width: `${(percent / widest) * 100}%`, backgroundColor: colour }}
        />
      </div>
    </li>
  );
}
