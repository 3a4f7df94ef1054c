import { type Config, VARIABLES } from "../../config.ts";

/** A setting that is accepted but probably a mistake. `message` says what to change. */
interface ConfigWarning {
  event: string;
  variable: string;
  message: string;
}

/** Variables of other programs whose names are similar to ours. */
const FOREIGN = ["FTP_PROXY", "ALL_PROXY", "HOSTS", "HOST_IP", "HOME", "HOSTTYPE", "PORTS"];
/** Maximum edit distance of a misspelled name; 1 for short names. */
const MAX_WRONG = 2;
const SHORT = 6;

/** Edit distance (Damerau-Levenshtein): number of added, removed, changed or swapped letters. */
export function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const [above = [], twoAbove = []] = [rows.at(-1), rows.at(-2)];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const costs = [(above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (isSame ? 0 : 1)];
      row.push(Math.min(...costs, ...(isSwap ? [(twoAbove[j - 2] ?? 0) + 1] : [])));
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

/** The variable that a misspelled name probably means; `null` for correct names and for names of other programs. */
export function findIntended(name: string): string | null {
  const upper = name.toUpperCase().replace(/[\s-]/g, "_");
  const isProxy = upper.endsWith("_PROXY") && name === name.toLowerCase();
  if (VARIABLES.includes(name) || FOREIGN.includes(upper) || (isProxy && VARIABLES.includes(upper))) return null;
  // Shells use lowercase names for their own variables.
  if (upper.length < SHORT && name !== upper) return null;
  const closest = VARIABLES.map((known) => ({ known, wrong: editDistance(upper, known) })).sort(
    (a, b) => a.wrong - b.wrong,
  )[0];
  const allowed = closest && closest.known.length < SHORT ? 1 : MAX_WRONG;
  return closest && closest.wrong <= allowed ? closest.known : null;
}

/** Settings that look like mistakes. The server logs a warning for each when it starts. */
export function findConfigWarnings(env: Record<string, string | undefined>, config: Config): ConfigWarning[] {
  const misspelled = Object.keys(env).flatMap((name) => {
    const intended = findIntended(name);
    if (intended === null) return [];
    const message = `${name} is not a variable of orwatch and has no effect. Did you mean ${intended}?`;
    return [{ event: "config.misspelled", variable: name, message }];
  });
  const tooWide = config.trustProxy.filter(isWide).map((network) => ({
    event: "config.trusts_everybody",
    variable: "TRUST_PROXY",
    message: `TRUST_PROXY contains ${network}, so clients can claim any address, and rate limits and logged addresses are unreliable. List only the proxy.`,
  }));
  const paths = ["DATABASE_URL", "BACKUP_DIR"].flatMap((variable) => {
    const file = (env[variable] ?? "").replace(/^file:/, "");
    const tilde = /^~/.test(file) ? `starts with ~, which is not expanded to your home folder` : null;
    const query =
      variable === "DATABASE_URL" && /[?#]/.test(file) ? "contains ? or #, which becomes part of the file name" : null;
    const meant = variable === "DATABASE_URL" ? config.databaseFile : config.backupFolder;
    return [tilde, query].flatMap((why) =>
      why === null ? [] : [{ event: "config.path", variable, message: `${variable} ${why}: ${meant} is used.` }],
    );
  });
  const openToAll =
    config.oidc?.autoRegister && config.oidc.allowedDomains.length === 0 && isPublicProvider(config.oidc.issuer)
      ? [
          {
            event: "config.registers_everybody",
            variable: "OIDC_ALLOWED_DOMAINS",
            message: `Anyone can have a user at ${config.oidc.issuer}, and so register here. List your domains in OIDC_ALLOWED_DOMAINS, or set OIDC_AUTO_REGISTER=false.`,
          },
        ]
      : [];
  return [...misspelled, ...tooWide, ...paths, ...openToAll];
}

/** Providers that are not those of a single company. */
const isPublicProvider = (issuer: string): boolean =>
  /^https:\/\/(accounts\.google\.com|gitlab\.com|login\.microsoftonline\.com\/(common|organizations|consumers|9188040d-[^/]*)(\/.*)?)\/?$/.test(
    issuer,
  );

/** True if the network is larger than the largest private ones, 10.0.0.0/8 and fc00::/7. */
function isWide(item: string): boolean {
  const [address = "", prefix] = item.split("/");
  return prefix !== undefined && Number(prefix) < (address.includes(":") ? 7 : 8);
}
