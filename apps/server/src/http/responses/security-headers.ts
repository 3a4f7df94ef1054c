import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendPacked } from "./compression.ts";

/** Policy of responses that are not pages: nothing may run, load, frame or submit. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Scripts must be files of this server. Styles must be too, or have the nonce of this response. (React sets styles by CSSOM, which the
 * policy does not restrict; style elements added by libraries need the nonce.)
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

/** Browser features that no page uses. */
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

interface SecurityHeaders {
  /** Sets the headers of every response, with a policy that allows nothing to run. */
  protect(res: ServerResponse): void;
  /** The same as lines of a raw response. */
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
  // The XSS filter of old browsers could be abused against a page.
  ["X-XSS-Protection", "0"],
];

const YEAR_S = 31_536_000;

/** The security headers of every response. HSTS is sent if PUBLIC_URL is https. */
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

/** Placeholder of the nonce in a page. */
export const NONCE_PLACE = "{{nonce}}";

/**
 * Sends a page with the policy of pages and a new nonce. It must not be cached.
 * @param styles hashes (`sha256-…`) of style elements that a library adds without a nonce
 */
export function sendPage(req: IncomingMessage, res: ServerResponse, html: string, styles: string[] = []): void {
  const nonce = randomBytes(16).toString("base64url");
  res.setHeader("Content-Security-Policy", policyOfPage(nonce, styles));
  res.setHeader("Content-Type", "text/html; charset=utf-8");
  res.setHeader("Cache-Control", "no-cache");
  sendPacked(req, res, Buffer.from(html.replaceAll(NONCE_PLACE, nonce)));
}
