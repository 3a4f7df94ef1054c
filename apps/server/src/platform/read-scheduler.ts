/** Long enough to make progress, short enough to go unnoticed. */
const SLICE_MS = 8;
/** Slices in one turn of the event loop: a short work is not to wait for all the long ones. */
const SLICES_A_TURN = 3;

/** Of those, what is left to downloads when people wait for pages. */
const DOWNLOADS_A_TURN = 1;

/** Who waits: a person for a page, or a download that takes its time anyway. */
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
 * Resolves when it is this work's turn. However much long work there is in the process, a few slices of it run in each turn of the
 * event loop, and everything else is served in between.
 */
const nextTurn = (wait: Wait): Promise<void> =>
  new Promise((resolve) => {
    waiting[wait].push(resolve);
    if (isPumping) return;
    isPumping = true;
    setImmediate(pump);
  });

/** For work that runs on the event loop in small steps: call it after each step, and it waits whenever a slice is used up. */
export function createBreaks(wait: Wait): () => Promise<void> {
  let sliceBegan = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - sliceBegan < SLICE_MS) return;
    await nextTurn(wait);
    sliceBegan = performance.now();
  };
}
