import { addDays } from "@orwatch/domain/day";
import { type KeyboardEvent, type SyntheticEvent, useState } from "react";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { buttonClasses } from "../../ui/button.tsx";
import { COST, type Measure, sizeOf, type Value, writeExact, writeValue, zeroOf } from "../usage-chart/measure.ts";
import { HeatmapTable } from "./heatmap-table.tsx";

export interface HourValue {
  /** 0 is Monday. */
  weekday: number;
  /** 0 to 23, UTC. */
  hour: number;
  /** `null`: unknown, which is not the same as 0. */
  value: Value;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = HOURS.slice(0, 7);
const A_MONDAY = "2024-01-01";

const indexOf = ({ weekday, hour }: Pick<HourValue, "weekday" | "hour">) => weekday * HOURS.length + hour;

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

/** Zero has the ground colour, the largest value the accent colour. The smallest one differs visibly from zero. */
const shade = (value: Value, largest: Value): string => {
  const share = sizeOf(largest) > 0 ? Math.max(0, (sizeOf(value) / sizeOf(largest)) * 100) : 0;
  return `color-mix(in oklab, var(--accent) ${share > 0 ? 8 + share * 0.92 : 0}%, var(--sunken))`;
};

interface HeatmapProps {
  label: string;
  values: HourValue[];
  measure?: Measure;
  /** Whether to offer the table itself. */
  hasTable?: boolean;
}

/** Values by weekday and hour. The arrow keys read them out hour by hour. */
export function Heatmap({ label, values, measure = COST, hasTable = true }: HeatmapProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const [isTable, setTable] = useState(false);
  const [at, setAt] = useState(0);
  const [isRead, setRead] = useState(false);
  const byIndex = new Map(values.map((one) => [indexOf(one), one.value]));
  const largest = values.reduce<Value>(
    (top, { value }) => (value !== null && sizeOf(value) > sizeOf(top) ? value : top),
    zeroOf(measure),
  );
  const weekdays = WEEKDAYS.map((weekday) => format.weekday(addDays(A_MONDAY, weekday)));
  const hours = HOURS.map((hour) => `${String(hour).padStart(2, "0")}:00`);
  const nameOf = (index: number) => `${weekdays[Math.floor(index / HOURS.length)]} ${hours[index % HOURS.length]}`;
  const say = (value: Value | undefined) => (value == null ? t.usage.chart.noData : writeExact(value, measure, format));

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
        <HeatmapTable
          label={label}
          weekdays={weekdays}
          hours={hours}
          measure={measure}
          valueAt={(index) => byIndex.get(index) ?? null}
        />
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
                  const value = byIndex.get(index) ?? null;
                  return (
                    <td
                      key={hour}
                      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: see the grid
                      role="gridcell"
                      data-at={index}
                      tabIndex={index === at ? 0 : -1}
                      aria-label={`${nameOf(index)}: ${say(value)}`}
                      className={`paint h-6 rounded-[3px] text-center leading-none ${value === null ? "" : "border border-line"} ${isRead && index === at ? "outline-2 outline-ink" : ""}`}
                      style={value === null ? undefined : { backgroundColor: shade(value, largest) }}
                    >
                      {value === null && "–"}
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
            {nameOf(at)} UTC <span className="ml-2 font-semibold text-ink tabular-nums">{say(byIndex.get(at))}</span>
          </p>
        ) : (
          <p aria-hidden className="flex h-5 items-center gap-1.5 leading-5">
            {writeValue(zeroOf(measure), measure, format)}
            <span className="paint h-3 w-24 rounded-[3px] border border-line bg-linear-to-r from-sunken to-accent" />
            {writeValue(largest, measure, format)} · – {t.usage.chart.noData}
          </p>
        )}
        {hasTable && (
          <button type="button" className={buttonClasses("ghost")} onClick={() => setTable(!isTable)}>
            {isTable ? t.usage.chart.asChart : t.usage.chart.asTable}
          </button>
        )}
      </div>
    </div>
  );
}
