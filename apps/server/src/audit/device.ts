/** Browser and operating system from a User-Agent header; `null` if not recognized. */
interface Device {
  app: string | null;
  system: string | null;
}

// The first match counts: nearly every browser also claims to be the ones after it.
const APPS: [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bCriOS\/|\bChrome\/|\bChromium\/|\bHeadlessChrome\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
  [/^Wget\//i, "Wget"],
  [/^python-requests\/|^python-httpx\/|^Python-urllib\/|^aiohttp\//i, "Python"],
  [/^Go-http-client\//, "Go"],
  [/^PostmanRuntime\//, "Postman"],
  [/^(node|undici)\b/, "Node.js"],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMacintosh\b|\bMac OS X\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

const nameIn = (list: [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** Parses the header, which a client can set to anything. */
export const parseDevice = (userAgent: string | null): Device => ({
  app: nameIn(APPS, userAgent ?? ""),
  system: nameIn(SYSTEMS, userAgent ?? ""),
});
