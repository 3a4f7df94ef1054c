/** Smaller differences are due to loading the page, or have no visible effect. */
const LEAST_MS = 60_000;

/** Offset of the server's clock from this browser's, from the time that the server wrote into the page; 0 if unknown. */
function readAhead(): number {
  if (typeof document === "undefined") return 0;
  const said = Date.parse(document.querySelector<HTMLMetaElement>("meta[name=now]")?.content ?? "");
  const [came] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  // The back button may show an old page with an old time.
  if (!came || came.type === "back_forward" || came.transferSize === 0) return 0;
  const ahead = said - (Date.now() - performance.now() + came.responseStart);
  return Math.abs(ahead) > LEAST_MS ? ahead : 0;
}

const ahead = readAhead();

/** The current time by the server's clock in milliseconds, because this browser's clock may be wrong. */
export const serverNow = (): number => Date.now() + ahead;

/** Seconds by which the server's clock is behind OpenRouter's when the page was sent; 0 if it is correct. */
export function serverClockOffset(): number {
  if (typeof document === "undefined") return 0;
  const said = Number(document.querySelector<HTMLMetaElement>("meta[name=clock-offset]")?.content);
  return Number.isFinite(said) ? said : 0;
}
