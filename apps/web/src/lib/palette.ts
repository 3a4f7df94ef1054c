/** Number of hues in styles.css: `--series-0` to `--series-9`. */
const SLOTS = 10;
const STORAGE_KEY = "orwatch.model-colours";

/** Groups that are no model: grey and hatched. */
export const isRest = (model: string): boolean => model === "(other)" || model === "(unattributed)";

export type Slots = Record<string, number>;

/**
 * Gives each new model a hue and keeps those of the known ones. `models` come dearest first: a new one takes
 * the lowest hue that none of the ten dearest has, or else the one used least.
 */
export function assignSlots(remembered: Slots, models: readonly string[]): Slots {
  const slots = { ...remembered };
  const uses = Array.from({ length: SLOTS }, () => 0);
  for (const model of models.filter((one) => !isRest(one)).slice(0, SLOTS)) {
    const slot = remembered[model];
    if (slot !== undefined) uses[slot] = (uses[slot] ?? 0) + 1;
  }
  for (const model of models) {
    if (isRest(model) || slots[model] !== undefined) continue;
    const slot = uses.indexOf(Math.min(...uses));
    slots[model] = slot;
    uses[slot] = (uses[slot] ?? 0) + 1;
  }
  return slots;
}

function readSlots(): Slots {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter(([, slot]) => Number.isInteger(slot) && slot >= 0 && slot < SLOTS),
    );
  } catch {
    return {};
  }
}

/** CSS colours by model, the same on every page and visit of this browser. */
export function colourModels(models: readonly string[]): (model: string) => string {
  const remembered = readSlots();
  const slots = assignSlots(remembered, models);
  if (Object.keys(slots).length > Object.keys(remembered).length) {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(slots));
    } catch {
      // Storage is blocked or full: colours hold for this view only.
    }
  }
  return (model) => (slots[model] === undefined ? "var(--series-rest)" : `var(--series-${slots[model]})`);
}
