import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendPacked } from "./compression.ts";

/** Nothing runs, loads, frames or submits: for all that is no page. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Scripts are files of this server, styles too or marked with the nonce of this very answer. (React sets styles by CSSOM, which no
 * policy minds; what libraries put into a style element needs the nonce.)
 */
const policyOfPage = (nonce: string, styles: string[]) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", `'nonce-${nonce}'`, ...styles.map((hash) => `'${hash}'`)].join(" "),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** What no page of ours uses. */
const PERMISSIONS = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
]
  .map((name) => `${name}=()`)
  .join(", ");

export interface SecurityHeaders {
  /** Puts the headers of every response: its policy lets nothing run. */
  protect(res: ServerResponse): void;
  /** The same as lines of a raw answer. */
  lines: string;
}

const EVERYWHERE: [name: string, value: string][] = [
  ["Content-Security-Policy", NOTHING],
  ["Permissions-Policy", PERMISSIONS],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Origin-Agent-Cluster", "?1"],
  ["Referrer-Policy", "no-referrer"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-DNS-Prefetch-Control", "off"],
  ["X-Download-Options", "noopen"],
  ["X-Frame-Options", "DENY"],
  ["X-Permitted-Cross-Domain-Policies", "none"],
  // The filter of old browsers could be turned against a page.
  ["X-XSS-Protection", "0"],
];

const YEAR_S = 31_536_000;

/** The security headers of every response. HSTS is sent where PUBLIC_URL is https. */
export function createSecurityHeaders(options: { isHttps: boolean; includeSubdomains: boolean }): SecurityHeaders {
  const hsts = `max-age=${YEAR_S}${options.includeSubdomains ? "; includeSubDomains" : ""}`;
  const headers = options.isHttps ? [...EVERYWHERE, ["Strict-Transport-Security", hsts] as const] : EVERYWHERE;
  return {
    protect(res) {
      for (const [name, value] of headers) res.setHeader(name, value);
    },
    lines: headers.map(([name, value]) => `${name}: ${value}\r\n`).join(""),
  };
}

/** Stands in a page where its nonce belongs. */
export const NONCE_PLACE = "{{nonce}}";

/**
 * Sends a page with the policy of pages, under its own nonce: it is never answered from a cache.
 * @param styles hashes (`sha256-…`) of style elements that a library puts in without asking for the nonce
 */
export function sendPage(req: IncomingMessage, res: ServerResponse, html: string, styles: string[] = []): void {
  const nonce = randomBytes(16).toString("base64url");
  res.setHeader("Content-Security-Policy", policyOfPage(nonce, styles));
  res.setHeader("Content-Type", "text/html; charset=utf-8");
  res.setHeader("Cache-Control", "no-cache");
  sendPacked(req, res, Buffer.from(html.replaceAll(NONCE_PLACE, nonce)));
}
