/** Long enough to make progress, short enough not to be noticed. */
const SLICE_MS = 8;
/** Slices per turn of the event loop, so that short work does not wait for all long work. */
const SLICES_A_TURN = 3;

/** Slices for downloads while pages are waiting. */
const DOWNLOADS_A_TURN = 1;

/** What the work is for: a page that a user waits for, or a download. */
type Wait = "page" | "download";

const waiting: Record<Wait, (() => void)[]> = { page: [], download: [] };
let isPumping = false;

function pump(): void {
  const { page, download } = waiting;
  const kept = Math.min(download.length, DOWNLOADS_A_TURN);
  const chosen = page.splice(0, SLICES_A_TURN - kept);
  chosen.push(...download.splice(0, SLICES_A_TURN - chosen.length));
  isPumping = chosen.length > 0;
  for (const wake of chosen) wake();
  if (isPumping) setImmediate(pump);
}

/**
 * Resolves when it is this work's turn. Regardless of the amount of long work, only a few slices of it run per turn of the
 * event loop, so that everything else runs in between.
 */
const nextTurn = (wait: Wait): Promise<void> =>
  new Promise((resolve) => {
    waiting[wait].push(resolve);
    if (isPumping) return;
    isPumping = true;
    setImmediate(pump);
  });

/** For long work in small steps on the event loop. Call the returned function after each step: it waits if the slice is used up. */
export function createYielder(wait: Wait): () => Promise<void> {
  let sliceBegan = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - sliceBegan < SLICE_MS) return;
    await nextTurn(wait);
    sliceBegan = performance.now();
  };
}

/** Time that a step of {@link inSteps} should take. */
const STEP_MS = 6;

/**
 * Divides long work into steps and waits between them as {@link createYielder} does. How many units (days, keys) a step has follows from
 * the time of the last one, because some teams have a thousand times the usage of others. Finish each step synchronously.
 */
export async function* inSteps(units: number, wait: Wait): AsyncGenerator<{ start: number; end: number }> {
  const pause = createYielder(wait);
  let size = 1;
  for (let start = 0; start < units; ) {
    await pause();
    const end = Math.min(units, start + size);
    const began = performance.now();
    yield { start, end };
    const fitting = Math.floor(((end - start) * STEP_MS) / (performance.now() - began));
    size = Math.max(1, Math.min(fitting, 2 * (end - start)));
    start = end;
  }
}
