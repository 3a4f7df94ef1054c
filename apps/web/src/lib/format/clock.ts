/** Less is the way of the page here, or nothing that a day or a word turns on. */
const LEAST_MS = 60_000;

/** How far the clock of the server is ahead of this browser's, from what it wrote into the page as it sent it; 0 where that is not known. */
function readAhead(): number {
  if (typeof document === "undefined") return 0;
  const said = Date.parse(document.querySelector<HTMLMetaElement>("meta[name=now]")?.content ?? "");
  const [came] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  // Who goes back may be shown a page of before, and what it says is of before.
  if (!came || came.type === "back_forward" || came.transferSize === 0) return 0;
  const ahead = said - (Date.now() - performance.now() + came.responseStart);
  return Math.abs(ahead) > LEAST_MS ? ahead : 0;
}

const ahead = readAhead();

/** The time by the server's clock, which days and limits go by, in milliseconds: this browser's may be wrong. */
export const serverNow = (): number => Date.now() + ahead;

/** How many seconds the server's own clock is behind OpenRouter's, as it knew when it sent the page; 0 while that clock is right. */
export function serverClockOffset(): number {
  if (typeof document === "undefined") return 0;
  const said = Number(document.querySelector<HTMLMetaElement>("meta[name=clock-offset]")?.content);
  return Number.isFinite(said) ? said : 0;
}
