import type { ServerResponse } from "node:http";
import type { Day } from "@orwatch/domain/day";

export interface Deprecation {
  since: Day;
  /** The path works at least until the end of this day. */
  sunset: Day;
  /** Path to use instead. */
  successor: string;
}

/** Deprecated paths, as in the document but without `/api`. docs/deprecations.md lists them for users. */
export const DEPRECATIONS: Record<string, Deprecation> = {
  "/usage/export": { since: "2026-12-01", sunset: "2027-12-01", successor: "/api/usage/export.csv" },
  "/v1/usage/export": { since: "2026-12-01", sunset: "2027-12-01", successor: "/api/v1/usage/export.csv" },
};

/** Tells clients of a deprecated path as RFC 9745 (Deprecation) and RFC 8594 (Sunset) define it. */
export function setDeprecationHeaders(res: ServerResponse, path: string): void {
  const found = Object.hasOwn(DEPRECATIONS, path) ? DEPRECATIONS[path] : undefined;
  if (!found) return;
  res.setHeader("Deprecation", `@${Date.parse(found.since) / 1000}`);
  res.setHeader("Sunset", new Date(found.sunset).toUTCString());
  res.appendHeader("Link", `<${found.successor}>; rel="successor-version"`);
}
