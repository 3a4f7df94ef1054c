import { addDays } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { type KeyboardEvent, type SyntheticEvent, useState } from "react";
import { percentOf } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { buttonClasses } from "../../ui/button.tsx";
import { largestOf } from "../money-bar.ts";
import { HeatmapTable } from "./heatmap-table.tsx";

interface HourCost {
  /** 0 is Monday. */
  weekday: number;
  /** 0 to 23, UTC. */
  hour: number;
  /** `null`: unknown, which is not the same as nothing spent. */
  cost: string | null;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = HOURS.slice(0, 7);
const A_MONDAY = "2024-01-01";

const indexOf = ({ weekday, hour }: Pick<HourCost, "weekday" | "hour">) => weekday * HOURS.length + hour;

/** The hour that a key leads to, within the week. */
export function hourAfter(key: string, at: number): number {
  const [weekday, hour] = [Math.floor(at / HOURS.length), at % HOURS.length];
  const moves: Record<string, [weekday: number, hour: number]> = {
    ArrowLeft: [weekday, hour - 1],
    ArrowRight: [weekday, hour + 1],
    ArrowUp: [weekday - 1, hour],
    ArrowDown: [weekday + 1, hour],
    Home: [weekday, 0],
    End: [weekday, HOURS.length - 1],
  };
  const to = moves[key];
  return to && WEEKDAYS.includes(to[0]) && HOURS.includes(to[1]) ? indexOf({ weekday: to[0], hour: to[1] }) : at;
}

/** Zero has the ground colour, the most expensive hour the accent colour. The smallest cost differs visibly from zero. */
const shade = (cost: string, largest: string): string => {
  const share = percentOf(cost, largest);
  return `color-mix(in oklab, var(--accent) ${share > 0 ? 8 + share * 0.92 : 0}%, var(--sunken))`;
};

/** Cost by weekday and hour. The arrow keys read it out hour by hour. */
export function Heatmap({ label, values }: { label: string; values: HourCost[] }) {
  const t = useTexts("usage");
  const format = useFormat();
  const [isTable, setTable] = useState(false);
  const [at, setAt] = useState(0);
  const [isRead, setRead] = useState(false);
  const costs = new Map(values.map((value) => [indexOf(value), value.cost]));
  const largest = formatNanos(largestOf(values.flatMap(({ cost }) => (cost === null ? [] : [{ cost }]))));
  const weekdays = WEEKDAYS.map((weekday) => format.weekday(addDays(A_MONDAY, weekday)));
  const hours = HOURS.map((hour) => `${String(hour).padStart(2, "0")}:00`);
  const nameOf = (index: number) => `${weekdays[Math.floor(index / HOURS.length)]} ${hours[index % HOURS.length]}`;
  const say = (cost: string | null | undefined) => (cost == null ? t.usage.chart.noData : format.exactMoney(cost));

  function read(event: SyntheticEvent) {
    const cell = (event.target as Element).closest<HTMLElement>("[data-at]");
    if (!cell) return;
    setAt(Number(cell.dataset.at));
    setRead(true);
  }

  function steer(event: KeyboardEvent<HTMLTableElement>) {
    if (event.key === "Escape") return setRead(false);
    const to = hourAfter(event.key, at);
    if (to === at) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
  }

  return (
    <div className="flex flex-col gap-2">
      {isTable ? (
        <HeatmapTable label={label} weekdays={weekdays} hours={hours} costOf={(index) => costs.get(index) ?? null} />
      ) : (
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
          role="grid"
          aria-label={label}
          className="w-full table-fixed border-separate border-spacing-0.5 text-caption text-muted"
          onFocus={read}
          onBlur={() => setRead(false)}
          onPointerMove={read}
          onPointerDown={read}
          onPointerLeave={() => setRead(false)}
          onKeyDown={steer}
        >
          <thead>
            <tr>
              <td className="w-8" />
              {hours.map((hour, index) => (
                <th key={hour} scope="col" className="text-left font-normal">
                  <span className={index % 6 === 0 ? "block w-0 whitespace-nowrap" : "sr-only"}>{hour}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((name, weekday) => (
              <tr key={name}>
                <th scope="row" abbr={name} title={name} className="text-left font-normal">
                  {name.slice(0, 3)}
                </th>
                {HOURS.map((hour) => {
                  const index = indexOf({ weekday, hour });
                  const cost = costs.get(index) ?? null;
                  return (
                    <td
                      key={hour}
                      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: see the grid
                      role="gridcell"
                      data-at={index}
                      tabIndex={index === at ? 0 : -1}
                      aria-label={`${nameOf(index)}: ${say(cost)}`}
                      className={`paint h-6 rounded-[3px] text-center leading-none ${cost === null ? "" : "border border-line"} ${isRead && index === at ? "outline-2 outline-ink" : ""}`}
                      style={cost === null ? undefined : { backgroundColor: shade(cost, largest) }}
                    >
                      {cost === null && "–"}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {/* Both lines have the same height, so that the button does not move while it is pressed. */}
      <div className="flex flex-col items-start justify-between gap-x-4 text-caption whitespace-nowrap text-muted sm:flex-row sm:items-center">
        {isRead && !isTable ? (
          <p aria-hidden data-readout className="h-5 leading-5">
            {nameOf(at)} UTC <span className="ml-2 font-semibold text-ink tabular-nums">{say(costs.get(at))}</span>
          </p>
        ) : (
          <p aria-hidden className="flex h-5 items-center gap-1.5 leading-5">
            {format.money("0.00")}
            <span className="paint h-3 w-24 rounded-[3px] border border-line bg-linear-to-r from-sunken to-accent" />
            {format.money(largest)} · – {t.usage.chart.noData}
          </p>
        )}
        <button type="button" className={buttonClasses("ghost")} onClick={() => setTable(!isTable)}>
          {isTable ? t.usage.chart.asChart : t.usage.chart.asTable}
        </button>
      </div>
    </div>
  );
}
