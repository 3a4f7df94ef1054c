import { type Call, callsOf, FRAME_CALLS, pageAt } from "./first-calls.ts";
import { startFirst } from "./first-request.ts";

/** Values of an address as the router reads them: JSON where it is JSON, lists where a name comes again. */
export function readSearch(query: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, said] of new URLSearchParams(query)) {
    const value = toValue(said);
    found[name] = Object.hasOwn(found, name) ? [found[name], value].flat() : value;
  }
  return found;
}

function toValue(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return said;
  }
}

/** The address by which tRPC's client asks for these calls in one request. Another one would only cost a second request. */
export function addressOf(calls: Call[]): string {
  const inputs = Object.fromEntries(calls.map(([, input], index) => [index, input]));
  const names = calls.map(([name]) => name).join(",");
  return `/trpc/${names}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
}

/** Asks for what the page at this address will want to know, while its scripts are still on their way. */
export function askFirst({ pathname, search }: { pathname: string; search: string }): void {
  const page = pageAt(pathname);
  if (page) startFirst(addressOf([...FRAME_CALLS, ...callsOf(page, readSearch(search))]));
}
