import { describe, expect, test } from "vitest";
import { createSecurityHeaders } from "./security-headers.ts";

/** As helmet 8.3 set them, with the two policies of ours. */
const EXPECTED = {
  "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  "Permissions-Policy":
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-DNS-Prefetch-Control": "off",
  "X-Download-Options": "noopen",
  "X-Frame-Options": "DENY",
  "X-Permitted-Cross-Domain-Policies": "none",
  "X-XSS-Protection": "0",
};

const headersOf = (options: Parameters<typeof createSecurityHeaders>[0]) => {
  const { lines, protect } = createSecurityHeaders(options);
  const set = new Map<string, string>();
  protect({ setHeader: (name: string, value: string) => set.set(name, value) } as never);
  const written = lines
    .split("\r\n")
    .filter(Boolean)
    .map((line) => line.split(": ") as [string, string]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(set));
  return Object.fromEntries(set);
};

describe("security headers", () => {
  test("security headers are the same in every response", () => {
    expect(headersOf({ isHttps: false, includeSubdomains: false })).toEqual(EXPECTED);
  });

  test("Strict-Transport-Security is sent only where the server is known to have https", () => {
    expect(headersOf({ isHttps: true, includeSubdomains: false })).toEqual({
      ...EXPECTED,
      "Strict-Transport-Security": "max-age=31536000",
    });
    expect(headersOf({ isHttps: true, includeSubdomains: true })).toEqual({
      ...EXPECTED,
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    });
  });
});
