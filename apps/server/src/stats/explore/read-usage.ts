import { type Day, toDay } from "@orwatch/domain/day";
import { usageNow } from "../../platform/clock.ts";
import type { Reading, SelectedKey, Selection, Source } from "../selection.ts";
import { readCollectedUsage } from "./collected-usage.ts";
import { type Group, type Grouper, openGrouper } from "./groups.ts";
import { intervalOf } from "./intervals.ts";
import { type KnownAt, KnownIntervals, knownOfAny, readKnownOfKeys, UNKNOWN, ZERO } from "./known.ts";
import { type Known, METRICS, needsOf, type Sums, subtract } from "./metrics.ts";
import { filteredDimensions, selectedValues } from "./narrow.ts";
import type { CollectedDimension, ExploreInput, Interval } from "./schema.ts";
import { Series } from "./series.ts";
import { type Columns, type KeyModel, type KnownDay, type StoredQuestion, tableOf } from "./stored-rows.ts";
import { readByInterval, sumStored } from "./stored-usage.ts";

/** The usage that an answer is made of. */
export interface Usage {
  whole: Series;
  /** What is known of intervals without usage. */
  wholeKnown: { all: Known; at: KnownAt };
  /** With their totals. */
  groups: Group[];
  /** Reads the intervals of groups that are shown, unless all were read. */
  readPoints(shown: Group[]): Promise<void>;
  /** Usage of the groups that are not shown. */
  restOf(shown: Group[]): Series;
  /** What is known of intervals without usage, of groups that are shown. */
  knownOf(groups: Group[]): Promise<(group: Group) => KnownAt>;
  /** Usage of days that is in no interval, oldest first. */
  missing: { day: Day; sums: Sums }[];
}

export interface Question {
  selection: Selection;
  keys: SelectedKey[];
  source: Source;
  /** Known days of the selection. */
  known: KnownDay[];
  input: ExploreInput & { teamId: number };
}

const openGroups = (app: Reading, { keys, input }: Question): Grouper =>
  openGrouper(app, { teamId: input.teamId, keys, dimensions: input.group_by, sums: needsOf(input) });

const openSeries = ({ input }: Question) => new Series(needsOf(input));

const placeOf = ({ input: { interval } }: Question): ((day: Day) => string) =>
  interval === "hour" ? (day) => day : (day) => intervalOf(day, interval);

function toKnownIntervals(question: Question): KnownIntervals {
  const known = new KnownIntervals();
  const place = placeOf(question);
  for (const { date, hasCounts } of question.known) known.add(place(date), hasCounts);
  return known;
}

const keyIdsOf = ({ places }: Group): number[] => [
  ...new Set(places.flatMap(({ keyId }) => (keyId === null ? [] : [keyId]))),
];

/** What is known of the keys of groups; of groups that are not by key what is known of any. */
function knownOfGroups(app: Reading, question: Question, { isByKey, any }: { isByKey: boolean; any: KnownAt }) {
  return async (groups: Group[]) => {
    if (!isByKey) return () => any;
    const keyIds = [...new Set(groups.flatMap(keyIdsOf))];
    const known = await readKnownOfKeys(app, { selection: question.selection, keyIds, placeOf: placeOf(question) });
    return (group: Group) => knownOfAny(keyIdsOf(group).map((id) => known.get(id)));
  };
}

const askFor = (question: Question, columns: Pick<Columns, "model" | "isByKey">): StoredQuestion => ({
  ...question,
  columns: { ...columns, sums: needsOf(question.input) },
});

/** Usage of a whole selection by interval, whatever it is grouped by. */
async function readWhole(app: Reading, question: Question): Promise<Series> {
  const place = placeOf(question);
  const whole = openSeries(question);
  const asked = askFor(question, { model: "none", isByKey: false });
  if (tableOf(asked) === "days") {
    for (const { date, usage } of question.known) if (usage.rows !== 0n) whole.add(place(date), usage);
  } else
    for await (const rows of readByInterval(app, asked, daysOr(question.input.interval)))
      for (const { at, usage } of rows) whole.add(at, usage);
  return whole;
}

/** Days of stored usage stand for their hours. */
const daysOr = (interval: Interval) => (interval === "hour" ? "day" : interval);

/** With more groups than this, it is faster to find out first which of them are shown. */
const FEW_KEYS = 50;

/** Whether roll-ups have so few groups and intervals of this that all of them are read at once. */
function isShort(asked: StoredQuestion, interval: Interval): boolean {
  const { model, isByKey } = asked.columns;
  if (tableOf(asked) === "rows") return false;
  return model === "model" ? interval !== "day" : !isByKey || asked.keys.length <= FEW_KEYS;
}

/** Stored usage by day, week or month. If there are many groups, only intervals of those that are shown are read. */
export async function readStored(app: Reading, question: Question): Promise<Usage> {
  const grouper = openGroups(app, question);
  const interval = daysOr(question.input.interval);
  const asked = askFor(question, grouper.columns);
  const whole = await readWhole(app, question);
  const known = toKnownIntervals(question);
  const isGrouped = question.input.group_by.length > 0;
  const isWhole = isGrouped && isShort(asked, interval);
  if (isWhole)
    for await (const rows of readByInterval(app, asked, interval))
      for (const { at, usage } of rows) grouper.groupOfStored(usage).series.add(at, usage);
  else if (isGrouped)
    for (const usage of await sumStored(app, asked)) grouper.groupOfStored(usage).series.addTotal(usage);
  const groups = [...grouper.groups];
  return {
    whole,
    wholeKnown: { all: known.all, at: (at) => known.at(at) },
    groups,
    async readPoints(shown) {
      if (isWhole || shown.length === 0) return;
      const chosen = new Set(shown);
      for await (const rows of readByInterval(app, restrict(asked, { shown, groups }), interval))
        for (const { at, usage } of rows) {
          const group = grouper.groupOfStored(usage);
          if (chosen.has(group)) group.series.addPoint(at, usage);
        }
    },
    restOf: (shown) => whole.without(shown.map(({ series }) => series)),
    knownOf: knownOfGroups(app, question, { isByKey: grouper.columns.isByKey, any: (at) => known.at(at) }),
    missing: [],
  };
}

/** The same question about usage that all of the groups `shown` are in, but as few others as possible. */
function restrict(asked: StoredQuestion, { shown, groups }: Record<"shown" | "groups", Group[]>): StoredQuestion {
  const { model, isByKey } = asked.columns;
  const placesOf = (some: Group[]) => some.flatMap(({ places }) => places as KeyModel[]);
  const selection = { ...asked.selection };
  const places = placesOf(shown);
  if (isByKey) selection.keyIds = [...new Set(shown.flatMap(keyIdsOf))];
  if (model !== "model") return { ...asked, selection };
  // Looking up rows takes a few times as long as reading them in order.
  if (isByKey && places.length * 4 < placesOf(groups).length) return { ...asked, selection, only: places };
  if (!isByKey) selection.models = [...new Set(places.map((place) => place.model))];
  return { ...asked, selection };
}

/** Groups whose intervals were all read. */
const ofGroups = (question: Question, groups: Group[]): Pick<Usage, "readPoints" | "restOf"> => ({
  readPoints: () => Promise.resolve(),
  restOf(shown) {
    const chosen = new Set(shown);
    const rest = openSeries(question);
    for (const group of groups) if (!chosen.has(group)) rest.addAll(group.series);
    return rest;
  },
});

/** With groups by key, apps are those of the keys and not of the accounts. */
const selectionOf = ({ selection, keys }: Question, { columns }: Grouper): Selection =>
  columns.isByKey ? { ...selection, keyIds: keys.map(({ id }) => id) } : selection;

/**
 * Usage by day, week or month and a dimension that is collected. What is not collected is a group of its own, unless only some values are
 * selected.
 */
export async function readCollected(app: Reading, question: Question, dimension: CollectedDimension): Promise<Usage> {
  const grouper = openGroups(app, question);
  const place = placeOf(question);
  const needs = needsOf(question.input);
  const values = selectedValues(question.input, dimension);
  const collected = openSeries(question);
  const chosen = openSeries(question);
  for await (const row of readCollectedUsage(app, { selection: selectionOf(question, grouper), dimension })) {
    const at = place(row.date);
    collected.add(at, row);
    if (!values.has(row.value)) continue;
    chosen.add(at, row);
    grouper.groupOf(row).series.add(at, row);
  }
  const isLatency = METRICS[question.input.metric].from === "breakdowns";
  const stored = isLatency ? collected : await readWhole(app, question);
  const groups = [...grouper.groups];
  const rest = openSeries(question);
  if (values.hasUnknown)
    for (const [at, sums] of stored.points) {
      const left = subtract(sums, collected.points.get(at), needs);
      if (left) rest.add(at, left);
    }
  if (rest.points.size > 0) groups.push({ key: grouper.keyOfUnknown, places: [], series: rest });
  const known = toKnownIntervals(question);
  /** An interval with usage that is not collected says nothing about a value. */
  const ofGroup: KnownAt = (at) => (collected.points.has(at) ? ZERO : stored.points.has(at) ? UNKNOWN : known.at(at));
  const isAll = filteredDimensions(question.input).length === 0;
  if (!isAll) chosen.addAll(rest);
  return {
    whole: isAll ? stored : chosen,
    wholeKnown: { all: known.all, at: isAll || values.hasUnknown ? (at) => known.at(at) : ofGroup },
    groups,
    ...ofGroups(question, groups),
    knownOf: () => Promise.resolve(() => ofGroup),
    missing: [],
  };
}

/** Stored usage by hour, as far as its hours are collected. Totals include what is not. */
export async function readHourly(app: Reading, question: Question): Promise<Usage> {
  const needs = needsOf(question.input);
  const grouper = openGroups(app, question);
  const whole = openSeries(question);
  const collected = openSeries(question);
  for await (const rows of readByInterval(app, askFor(question, grouper.columns), "day"))
    for (const { at, usage } of rows) {
      whole.add(at, usage);
      grouper.groupOfStored(usage).series.add(at, usage);
    }
  for await (const row of readCollectedUsage(app, { selection: question.selection, dimension: "hour" })) {
    const at = row.at.toISOString();
    collected.add(row.date, row);
    whole.addHour(at, row);
    grouper.groupOf(row).series.addHour(at, row);
  }
  const known = toKnownIntervals(question);
  const missing = [...whole.points]
    .filter(([at]) => isDayPoint(at))
    .map(([day, sums]) => ({ day, sums: subtract(sums, collected.points.get(day), needs) }))
    .filter((left): left is { day: Day; sums: Sums } => left.sums !== null)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const groups = [...grouper.groups];
  const now = usageNow(app.clock).toISOString();
  const knownHours =
    (series: Series, days: KnownAt): KnownAt =>
    (at) => {
      const day = at.slice(0, toDay(0).length);
      if (at > now) return UNKNOWN;
      if (series.hasHours(day)) return ZERO;
      return series.points.has(day) ? UNKNOWN : days(day);
    };
  const ofDays = knownOfGroups(app, question, { isByKey: grouper.columns.isByKey, any: (at) => known.at(at) });
  return {
    whole,
    wholeKnown: { all: known.all, at: knownHours(whole, (at) => known.at(at)) },
    groups,
    ...ofGroups(question, groups),
    async knownOf(groups) {
      const daysOf = await ofDays(groups);
      return (group) => knownHours(group.series, daysOf(group));
    },
    missing,
  };
}

const isDayPoint = (at: string): at is Day => !at.includes("T");
