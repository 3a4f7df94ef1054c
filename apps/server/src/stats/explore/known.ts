import type { Day } from "@orwatch/domain/day";
import { stepsOf } from "../period.ts";
import { parametersOf, type Reading, type Selection } from "../selection.ts";
import type { Known } from "./metrics.ts";

/** What is known of an interval, by its start. */
export type KnownAt = (at: string) => Known;

export const UNKNOWN: Known = { cost: false, counts: false };
/** Without usage in an interval, there was none. */
export const ZERO: Known = { cost: true, counts: true };

/** What is known by interval. */
export class KnownIntervals {
  readonly all: Known = { ...UNKNOWN };
  private readonly known = new Map<string, Known>();

  add(at: string, hasCounts: boolean): void {
    const known = this.known.get(at) ?? { ...UNKNOWN };
    this.known.set(at, known);
    for (const what of [known, this.all]) {
      what.cost = true;
      what.counts ||= hasCounts;
    }
  }

  at(at: string): Known {
    return this.known.get(at) ?? UNKNOWN;
  }
}

/** Known days of some keys, each of them by interval. */
export async function readKnownOfKeys(
  app: Reading,
  { selection, keyIds, placeOf }: { selection: Selection; keyIds: number[]; placeOf: (day: Day) => string },
): Promise<Map<number, KnownIntervals>> {
  const known = new Map(keyIds.map((id) => [id, new KnownIntervals()]));
  const statement = `SELECT api_key_id, date, requests IS NOT NULL FROM usage_days
    WHERE api_key_id IN (SELECT value FROM json_each(:keyIds)) AND date BETWEEN :from AND :through`;
  for await (const period of stepsOf(selection.period)) {
    const rows = app.db.reader
      .prepare(statement)
      .raw(true)
      .all(parametersOf({ ...selection, period, keyIds })) as [keyId: number, date: Day, hasCounts: number][];
    for (const [keyId, date, hasCounts] of rows) known.get(keyId)?.add(placeOf(date), hasCounts === 1);
  }
  return known;
}

/** What is known of several keys together: that of any of them. */
export const knownOfAny =
  (known: (KnownIntervals | undefined)[]): KnownAt =>
  (at) => {
    const here = known.map((ofKey) => ofKey?.at(at) ?? UNKNOWN);
    return { cost: here.some(({ cost }) => cost), counts: here.some(({ counts }) => counts) };
  };
