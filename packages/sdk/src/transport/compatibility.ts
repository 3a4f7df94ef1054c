import { version as VERSION } from "../../package.json";

export { VERSION };

const warned = new Set<string>();

/** Versions fit if their first number is the same, and before 1.0 the second one too. From 1.0 on, the server must not be older. */
export function fits(server: string, sdk: string): boolean {
  const [serverMajor, serverMinor = 0] = server.split(".").map(Number);
  const [major, minor = 0] = sdk.split(".").map(Number);
  return serverMajor === major && (major === 0 ? serverMinor === minor : serverMinor >= minor);
}

/** A warning, once in the life of the process for each version of a server. `null` if there is none to give. */
export function findMismatch(headers: Headers): string | null {
  const server = headers.get("X-Orwatch-Version");
  if (!server || warned.has(server) || fits(server, VERSION)) return null;
  warned.add(server);
  return `orwatch: the server has version ${server} and @orwatch/sdk ${VERSION}. Install the version that fits the server.`;
}
