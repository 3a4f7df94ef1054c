import type { Group } from "../../lib/search/dashboard-search.ts";

/** Number of series with their own colour. Others are shown as "Other". */
const MOST_SERIES = 12;
/** Number of colours: those of styles.css, and as many darker (in the dark theme lighter) ones. */
const SLOTS = 2 * MOST_SERIES;
const STORAGE_KEY = "orwatch.colours";
/** Storage key of earlier versions, with models and keys in one set. */
const OLD_STORAGE_KEY = "orwatch.model-colours";

export const OTHER = "(other)";
export const UNATTRIBUTED = "(unattributed)";

/** Groups that are not a model, key or vendor. They are grey. */
export const isRest = (id: string): boolean => id === OTHER || id === UNATTRIBUTED;

/** Index of the colour by ID. */
type Slots = Record<string, number>;

/**
 * Assigns a different colour to each series of a chart. Known series keep theirs. A new one gets the first unused colour, or
 * the first one unused in this chart. Of two with the same stored colour, the first keeps it: `ids` are sorted by cost.
 */
export function assignSlots(remembered: Slots, ids: readonly string[]): Slots {
  const slots: Slots = { ...remembered };
  const charted = ids.filter((id) => !isRest(id)).slice(0, MOST_SERIES);
  const taken = new Set<number>();
  const open: string[] = [];
  for (const id of charted) {
    const slot = slots[id];
    if (slot === undefined || taken.has(slot)) open.push(id);
    else taken.add(slot);
  }
  const all = Array.from({ length: SLOTS }, (_, slot) => slot);
  for (const id of open) {
    const known = new Set(Object.values(slots));
    const slot = all.find((one) => !known.has(one)) ?? all.find((one) => !taken.has(one)) ?? 0;
    slots[id] = slot;
    taken.add(slot);
  }
  return slots;
}

type Sets = Record<Group, Slots>;
const NONE: Sets = { model: {}, key: {}, vendor: {} };

/** Kept in memory if storage is blocked. */
let kept: Sets = NONE;

const readSet = (stored: unknown): Slots =>
  Object.fromEntries(
    Object.entries(typeof stored === "object" && stored !== null ? stored : {}).filter(
      ([, slot]) => Number.isInteger(slot) && slot >= 0 && slot < SLOTS,
    ),
  );

function readSets(): Sets {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
    if (typeof stored !== "object" || stored === null) return kept;
    const { model, key, vendor } = stored as Partial<Record<Group, unknown>>;
    return { model: readSet(model), key: readSet(key), vendor: readSet(vendor) };
  } catch {
    return kept;
  }
}

function colourOf(kind: Group, slot: number): string {
  const base = `var(--${kind}-${slot % MOST_SERIES})`;
  return slot < MOST_SERIES ? base : `color-mix(in oklab, ${base} 62%, var(--ink))`;
}

/**
 * CSS colours of the series of a chart, most expensive first: the same on every page and visit of this browser. Models, keys and vendors
 * have a set each. What is not among them is grey, as part of "Other".
 */
export function colourSeries(kind: Group, ids: readonly string[]): (id: string) => string {
  const remembered = readSets();
  const slots = assignSlots(remembered[kind], ids);
  const charted = new Set(ids.filter((id) => !isRest(id)).slice(0, MOST_SERIES));
  kept = { ...remembered, [kind]: slots };
  if (JSON.stringify(slots) !== JSON.stringify(remembered[kind])) {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
      localStorage.removeItem(OLD_STORAGE_KEY);
    } catch {
      // Storage is blocked or full: colours are kept until the page is closed.
    }
  }
  return (id) => {
    const slot = slots[id];
    if (id === UNATTRIBUTED) return "var(--series-unattributed)";
    return slot === undefined || !charted.has(id) ? "var(--series-other)" : colourOf(kind, slot);
  };
}
