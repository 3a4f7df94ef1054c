import { PALETTES, type PaletteName } from "./palettes.ts";

/** Number of series with their own colour. Others are shown as "Other". */
const MOST_SERIES = 12;
/** Number of colours: those of a palette, and as many darker (in the dark theme lighter) ones. */
const SLOTS = 2 * MOST_SERIES;
const STORAGE_KEY = "orwatch.entity-colours";
/** Storage keys of earlier versions, in which colours followed the rank. */
const OLD_STORAGE_KEYS = ["orwatch.colours", "orwatch.model-colours"];

export const OTHER = "(other)";
export const UNATTRIBUTED = "(unattributed)";

/** Groups that are not an entity. They are grey. */
export const isRest = (id: string): boolean => id === OTHER || id === UNATTRIBUTED;

/** The palette of each kind of entity. */
const PALETTE_OF = {
  model: "model",
  key: "key",
  vendor: "vendor",
  provider: "provider",
  account: "account",
  workspace: "account",
  app: "provider",
  end_user: "key",
  finish_reason: "vendor",
} as const satisfies Record<string, PaletteName>;

/** What a series can stand for. Each kind has its own colours. */
export type SeriesKind = keyof typeof PALETTE_OF;

/** Index of the colour by ID. */
type Slots = Record<string, number>;

/** How much an entity prefers a colour: a hash of both, so that it is the same everywhere. */
function preferenceOf(id: string, slot: number): number {
  let hash = Math.imul(slot + 1, 0x9e3779b1);
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const ALL_SLOTS = Array.from({ length: SLOTS }, (_, slot) => slot);

/**
 * Gives a different colour to each series of a chart. An entity keeps the colour it has; a new one gets the colour it prefers among those
 * that no other has, or that no other in this chart has. If two want the same, the one that prefers it more gets it. The order of `ids`
 * only decides which have a colour at all: the first twelve.
 */
export function assignSlots(remembered: Slots, ids: readonly string[]): Slots {
  const charted = ids.filter((id) => !isRest(id)).slice(0, MOST_SERIES);
  const holders = new Map<number, string>();
  for (const id of charted) {
    const slot = remembered[id];
    if (slot === undefined) continue;
    const other = holders.get(slot);
    if (other === undefined || preferenceOf(id, slot) > preferenceOf(other, slot)) holders.set(slot, id);
  }
  const known = new Set(Object.values(remembered));
  const isUnused = (slot: number) => !known.has(slot);
  const isPlain = (slot: number) => slot < MOST_SERIES;
  const tiers = [
    ALL_SLOTS.filter((slot) => isUnused(slot) && isPlain(slot)),
    ALL_SLOTS.filter((slot) => isUnused(slot) && !isPlain(slot)),
    ALL_SLOTS.filter(isPlain),
    ALL_SLOTS,
  ];
  const slots: Slots = { ...remembered };
  const given = new Set(holders.values());
  for (const tier of tiers) {
    const pairs = charted
      .filter((id) => !given.has(id))
      .flatMap((id) => tier.map((slot) => ({ id, slot, preference: preferenceOf(id, slot) })))
      .sort((a, b) => b.preference - a.preference || (a.id < b.id ? -1 : 1));
    for (const { id, slot } of pairs) {
      if (given.has(id) || holders.has(slot)) continue;
      holders.set(slot, id);
      given.add(id);
      slots[id] = slot;
    }
  }
  return slots;
}

type Sets = Partial<Record<SeriesKind, Slots>>;

/** Kept in memory if storage is blocked. */
let kept: Sets = {};

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
    return Object.fromEntries(
      Object.entries(stored)
        .filter(([kind]) => Object.hasOwn(PALETTE_OF, kind))
        .map(([kind, slots]) => [kind, readSet(slots)]),
    );
  } catch {
    return kept;
  }
}

function colourOf(kind: SeriesKind, slot: number): string {
  const [light, dark] = PALETTES[PALETTE_OF[kind]][slot % MOST_SERIES] ?? ["", ""];
  const base = `light-dark(oklch(${light}), oklch(${dark}))`;
  return slot < MOST_SERIES ? base : `color-mix(in oklab, ${base} 62%, var(--ink))`;
}

/**
 * CSS colours of the series of a chart, most expensive first: the same on every page and visit, because they derive from the entities and are
 * remembered. What is not among the first twelve is grey, as part of "Other".
 */
export function colourSeries(kind: SeriesKind, ids: readonly string[]): (id: string) => string {
  const sets = readSets();
  const remembered = sets[kind] ?? {};
  const slots = assignSlots(remembered, ids);
  const charted = new Set(ids.filter((id) => !isRest(id)).slice(0, MOST_SERIES));
  kept = { ...sets, [kind]: slots };
  if (JSON.stringify(slots) !== JSON.stringify(remembered)) {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
      for (const old of OLD_STORAGE_KEYS) localStorage.removeItem(old);
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
