import { addDays } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { currentDay } from "../../platform/clock.ts";
import { createYielder } from "../../platform/scheduling/read-scheduler.ts";
import { formatMoney } from "../../rpc/wire.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { selectFrom } from "../filters.ts";
import { type Period, periodOf, previousPeriod } from "../period.ts";
import type { Reading, SelectedKey, Selection } from "../selection.ts";
import { findKnownKeys, type KeyModelUsage, pairUsage, sumByKeyAndModel } from "./rows.ts";
import type { ChangeItem, ChangesInput, ChangesOutput } from "./schema.ts";
import { type ItemChange, splitChange } from "./split-change.ts";

const DEFAULT_DAYS = 7;

/** Cost of an entity in both ranges in nano-dollars; `null` is unknown. */
interface Costs {
  before: bigint | null;
  after: bigint | null;
}

/** A key or a model, with its usage by model or by key. */
interface Entity extends Costs {
  /** ID of the key, or the model. */
  id: number | string;
  /** `null` if it is not compared. */
  items: ItemChange[] | null;
}

/**
 * Which keys or models explain the change in cost between two ranges, and what each change consists of.
 * @throws BAD_REQUEST if a range is reversed or too long
 */
export async function getChanges(app: Reading, input: ChangesInput & { teamId: number }): Promise<ChangesOutput> {
  const { by, against, limit, ...question } = input;
  const end = input.end_date ?? addDays(currentDay(app.clock), -1);
  const { selection, keys } = selectFrom(app, {
    ...question,
    start_date: input.start_date ?? addDays(end, 1 - DEFAULT_DAYS),
    end_date: end,
  });
  const { period } = selection;
  const other = against === "previous" ? previousPeriod(period) : periodOf(against, addDays(against, period.days - 1));
  const ranges = await readRanges(app, { selection, other });
  const { compared, notCompared } = compareRanges(ranges, by);
  const entities = [...compared.sort(compareChanges), ...(by === "key" ? notCompared : [])];
  const byId = new Map(keys.map((key) => [key.id, key]));
  const pause = createYielder("page");
  const items: ChangeItem[] = [];
  for (const entity of entities.slice(0, limit)) {
    await pause();
    items.push({ ...identityOf(entity, byId), ...costsToWire(entity), parts: partsOf(entity) });
  }
  const hidden = entities.slice(limit);
  return {
    by,
    period: { start_date: period.from, end_date: period.through },
    against: { start_date: other.from, end_date: other.through },
    total: costsToWire(addUp(compared)),
    keys_not_compared: notCompared.length,
    items,
    others: hidden.length === 0 ? null : { items: hidden.length, ...costsToWire(addUp(hidden)) },
    ...readSyncState(app, selection),
  };
}

const SIDES = ["before", "after"] as const;

/** Usage of one range. */
interface Range {
  usage: KeyModelUsage[];
  /** The keys whose cost is known on all of its complete days. */
  known: Set<number>;
}

type Ranges = Record<(typeof SIDES)[number], Range>;

async function readRanges(
  app: Reading,
  { selection, other }: { selection: Selection; other: Period },
): Promise<Ranges> {
  const today = currentDay(app.clock);
  const read = async (period: Period): Promise<Range> => ({
    usage: await sumByKeyAndModel(app, { ...selection, period }),
    known: findKnownKeys(app, { selection, period, today }),
  });
  return { before: await read(other), after: await read(selection.period) };
}

/**
 * The keys or models with usage in one of the ranges. Compared are keys whose cost is known in both, and the usage of models by these keys;
 * a key that is unknown in one of them would look like a change.
 */
function compareRanges(ranges: Ranges, by: "key" | "model"): { compared: Entity[]; notCompared: Entity[] } {
  const compared = new Map<number | string, ItemChange[]>();
  const notCompared = new Map<number, Entity>();
  for (const { keyId, model, before, after } of pairUsage(ranges.before.usage, ranges.after.usage)) {
    const [isKnownBefore, isKnownAfter] = SIDES.map((side) => ranges[side].known.has(keyId));
    if (isKnownBefore && isKnownAfter) {
      const id = by === "key" ? keyId : model;
      const items = compared.get(id) ?? [];
      items.push({ before, after });
      compared.set(id, items);
    } else {
      const sums = notCompared.get(keyId) ?? { before: 0n, after: 0n };
      notCompared.set(keyId, {
        id: keyId,
        items: null,
        before: isKnownBefore ? (sums.before ?? 0n) + before.cost : null,
        after: isKnownAfter ? (sums.after ?? 0n) + after.cost : null,
      });
    }
  }
  return {
    compared: [...compared].map(([id, items]) => toEntity(id, items)),
    notCompared: [...notCompared.values()],
  };
}

const toEntity = (id: number | string, items: ItemChange[]): Entity => ({
  id,
  items,
  before: items.reduce((sum, { before }) => sum + before.cost, 0n),
  after: items.reduce((sum, { after }) => sum + after.cost, 0n),
});

const changeOf = ({ before, after }: Costs) => (before === null || after === null ? null : after - before);

const sizeOf = (costs: Costs) => {
  const change = changeOf(costs) ?? 0n;
  return change < 0n ? -change : change;
};

function compareChanges(a: Entity, b: Entity): number {
  const [first, second] = [sizeOf(a), sizeOf(b)];
  if (first !== second) return first > second ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Sum of known costs. `null` if there are none. */
function addUp(entities: readonly Entity[]): Costs {
  const known = entities.filter((entity) => changeOf(entity) !== null);
  if (known.length === 0) return { before: null, after: null };
  const sum = (side: (typeof SIDES)[number]) => known.reduce((total, entity) => total + (entity[side] ?? 0n), 0n);
  return { before: sum("before"), after: sum("after") };
}

const costsToWire = (costs: Costs) => ({
  before: formatMoney(costs.before),
  after: formatMoney(costs.after),
  change: formatMoney(changeOf(costs)),
});

function partsOf({ items }: Entity): ChangeItem["parts"] {
  const parts = items && splitChange(items);
  return (
    parts && {
      volume: formatNanos(parts.volume),
      size: formatNanos(parts.size),
      price: formatNanos(parts.price),
      mix: formatNanos(parts.mix),
    }
  );
}

function identityOf(
  { id }: Entity,
  keys: ReadonlyMap<number, SelectedKey>,
): Omit<ChangeItem, keyof ReturnType<typeof costsToWire> | "parts"> {
  if (typeof id === "string") return { api_key_id: null, api_key_name: null, model: id, kind: null, account_id: null };
  const key = keys.get(id);
  return {
    api_key_id: key?.residual ? null : id,
    api_key_name: key?.name ?? "",
    model: null,
    kind: key?.residual ?? null,
    account_id: key?.accountId ?? null,
  };
}
