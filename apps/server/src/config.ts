import { isIPv4 } from "node:net";
import path from "node:path";
import { z } from "zod";
import { parseProxy, readCredentials } from "./outgoing/proxy.ts";
import { withoutInvisible } from "./platform/invisible-characters.ts";
import { isAddressOrNetwork } from "./platform/networks.ts";

const wholeNumber = ({ min, max }: { min: number; max: number }) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

const whole = (fallback: number, range: { min: number; max: number }) => wholeNumber(range).default(fallback);

const trueOrFalse = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true");

const flag = (fallback: boolean) => trueOrFalse.default(fallback);

const list = (isItem: (item: string) => boolean, what: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .superRefine((items, check) => {
      for (const item of items)
        if (!isItem(item)) check.addIssue({ code: "custom", message: `${item} is not ${what}` });
    })
    .default([]);

const isOrigin = (item: string) => /^https?:/.test(item) && URL.canParse(item) && new URL(item).origin === item;

const secret = z.string().min(32, "must have at least 32 characters");
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" });

/** Base URL of the whole site. A path, query or fragment would be lost or break links. */
const siteUrl = httpUrl
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).pathname === "/" && !/[?#@]/.test(text)),
    "must be an address without a path, query, fragment or user name, such as https://orwatch.example.com",
  )
  .transform((text) => new URL(text).origin);

const apiUrl = httpUrl.refine(
  (text) => !/[?#@]/.test(text),
  "must have no query, fragment or user name, such as https://openrouter.ai/api/v1",
);

const proxyUrl = z.string().transform((text, check) => {
  const proxy = parseProxy(text);
  if (proxy === null) check.addIssue({ code: "custom", message: BAD_PROXY });
  return proxy;
});
const BAD_PROXY =
  "must be the address of an HTTP proxy, such as http://proxy.example.com:3128, with user and password percent-encoded (SOCKS is not supported)";

const permitted = z
  .string()
  .transform((text) => text.split(",").map((item) => item.trim()))
  .transform((items, check) => {
    if (items.length === 1 && items[0] === "false") return { allPrivate: false, networks: [] };
    const networks = items.filter((item) => item !== "true" && item !== "");
    for (const item of networks)
      if (!isAddressOrNetwork(item))
        check.addIssue({
          code: "custom",
          message: `must be true, false, or a comma-separated list of addresses and CIDRs such as 192.168.1.0/24: ${item} is not valid`,
        });
    return { allPrivate: items.includes("true"), networks };
  })
  .default({ allPrivate: false, networks: [] });

/** Compared exactly with the issuer in tokens, apart from a slash after the host. */
const issuerUrl = httpUrl.refine(
  (text) => !/[?#@]/.test(text) && !text.includes("/.well-known/"),
  "must be the issuer of the provider without query, fragment or user name, such as https://id.example.com/realms/company",
);

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/i;

const SMTP = /^smtps?:\/\/(?:[^@/?#]*@)?[^@/?#:]+(?::\d{1,5})?\/?$/;
const MAILBOX = /^(?:[^<>@"\r\n]*<[^\s<>@"]+@[^\s<>@"]+>|[^\s<>@"]+@[^\s<>@"]+)$/;

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, "must be file: and a path, such as file:./data/app.db")
    .default("file:./data/app.db"),
  ENCRYPTION_KEY: z
    .string({
      error: "is missing. Run `npm start`, which writes one to .env, or set it to 32 or more random characters",
    })
    .pipe(secret),
  ENCRYPTION_KEY_PREVIOUS: secret.optional(),
  OPENROUTER_API_URL: apiUrl.default("https://openrouter.ai/api/v1"),
  OPENROUTER_REQUESTS_PER_MINUTE: whole(60, { min: 10, max: 1000 }),
  SYNC_INTERVAL_MINUTES: whole(60, { min: 5, max: 1440 }),
  USAGE_STATS_RETENTION_DAYS: whole(0, { min: 0, max: 36_500 }),
  BREAKDOWN_RETENTION_DAYS: whole(0, { min: 0, max: 36_500 }),
  MAX_API_KEYS_PER_USER: whole(10, { min: 1, max: 10_000 }),
  MAX_API_TOKENS_PER_USER: whole(5, { min: 1, max: 1_000 }),
  MAX_TEAMS_PER_USER: whole(5, { min: 0, max: 49 }),
  RATE_LIMIT_REQUESTS: whole(100, { min: 1, max: 1_000_000_000 }),
  RATE_LIMIT_WINDOW: whole(3600, { min: 1, max: 86_400 }),
  SESSION_EXPIRATION_HOURS: whole(24, { min: 1, max: 8760 }),
  SESSION_ABSOLUTE_HOURS: whole(720, { min: 1, max: 87_600 }),
  ALLOW_REGISTRATION: flag(true),
  REQUIRE_2FA: flag(false),
  PASSWORD_LOGIN: flag(true),
  OIDC_ISSUER: issuerUrl.optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().min(8, "must have at least 8 characters").optional(),
  OIDC_NAME: z.string().trim().max(40, "must have at most 40 characters").default("SSO"),
  OIDC_SCOPES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((scopes) => scopes.includes("openid"), "must contain openid, such as openid email")
    .default(["openid", "email"]),
  OIDC_ALLOWED_DOMAINS: list((item) => DOMAIN.test(item), "a domain such as example.com"),
  OIDC_AUTO_REGISTER: trueOrFalse.optional(),
  OIDC_TEAM_ID: wholeNumber({ min: 1, max: 2 ** 31 - 1 }).optional(),
  OIDC_ROLE_CLAIM: z.string().max(200).optional(),
  OIDC_TRUST_EMAIL: flag(false),
  HOST: z
    .string()
    .transform((text) => text.replace(/^\[(.*)\]$/, "$1"))
    .default("127.0.0.1"),
  PORT: whole(3000, { min: 0, max: 65_535 }),
  PUBLIC_URL: siteUrl.optional(),
  HSTS_INCLUDE_SUBDOMAINS: flag(false),
  ALLOW_INSECURE_HTTP: flag(false),
  TRUST_PROXY: list(isAddressOrNetwork, "an address or a CIDR such as 10.0.0.0/8"),
  CORS_ORIGINS: list(isOrigin, "an origin such as https://app.example.com"),
  BACKUP_DIR: z.string().min(1).default("./data/backups"),
  BACKUP_KEEP: whole(7, { min: 1, max: 1000 }),
  SMTP_URL: z
    .string()
    .refine(
      (text) => SMTP.test(text) && URL.canParse(text),
      "must be smtp:// or smtps://, followed by user:password@ if needed (each percent-encoded), a host and a port, and nothing else",
    )
    .optional(),
  MAIL_FROM: z.string().regex(MAILBOX, "must be an address, such as orwatch <orwatch@example.com>").optional(),
  ALLOW_PRIVATE_WEBHOOKS: permitted,
  HTTPS_PROXY: proxyUrl.optional(),
  HTTP_PROXY: proxyUrl.optional(),
  NO_PROXY: list(() => true, ""),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error").default("info"),
});

/** An invalid variable, because of which the server does not start. The message names it and says what to set. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

export type Config = ReturnType<typeof parseConfig>;

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));

/** Names of all environment variables. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape);

/** Paths and display names may contain any character. */
const UNFILTERED = ["DATABASE_URL", "BACKUP_DIR", "MAIL_FROM", "OIDC_NAME"];

/** The variables that are set, without invisible characters in names and values. Proxy variables are often lowercase. */
function readGiven(env: Record<string, string | undefined>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value = ""] of Object.entries(env)) {
    const cleanName = withoutInvisible(name);
    const text = UNFILTERED.includes(cleanName) ? value : withoutInvisible(value);
    if (text !== "") given[cleanName] = text;
  }
  for (const name of VARIABLES.filter((name) => name.endsWith("_PROXY"))) {
    const lower = given[name.toLowerCase()];
    if (lower !== undefined) given[name] = lower;
  }
  return given;
}

/**
 * The frozen settings of this process. Empty variables count as not set.
 * @throws ConfigError that names each invalid variable
 */
export function parseConfig(env: Record<string, string | undefined>) {
  const given = readGiven(env);
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "));
  const e = parsed.data;
  const isHttps = e.PUBLIC_URL?.startsWith("https:") ?? false;
  if (!isLoopback(e.HOST) && !isHttps && !e.ALLOW_INSECURE_HTTP)
    throw new ConfigError(
      `HOST ${e.HOST} can be reached from other machines. Set PUBLIC_URL to the https:// address of the server, or ALLOW_INSECURE_HTTP=true to send passwords unencrypted`,
    );
  if (e.SMTP_URL && !e.MAIL_FROM) throw new ConfigError("MAIL_FROM is missing: SMTP_URL requires a sender address");
  const oidc = readOidc(e);
  if (!e.PASSWORD_LOGIN && oidc === null)
    throw new ConfigError("OIDC_ISSUER is missing: with PASSWORD_LOGIN=false, nobody could sign in without it");
  return Object.freeze({
    databaseFile: path.resolve(e.DATABASE_URL.slice("file:".length)),
    encryptionKey: e.ENCRYPTION_KEY,
    // Earlier versions did not remove invisible characters from a pasted key.
    encryptionKeyPrevious:
      e.ENCRYPTION_KEY_PREVIOUS ?? (env.ENCRYPTION_KEY === e.ENCRYPTION_KEY ? null : (env.ENCRYPTION_KEY ?? null)),
    openRouterUrl: e.OPENROUTER_API_URL.replace(/\/+$/, ""),
    openRouterRequestsPerMinute: e.OPENROUTER_REQUESTS_PER_MINUTE,
    syncIntervalMinutes: e.SYNC_INTERVAL_MINUTES,
    /** 0 keeps usage forever. */
    retentionDays: e.USAGE_STATS_RETENTION_DAYS,
    /** 0 keeps breakdowns as long as usage. */
    breakdownRetentionDays: e.BREAKDOWN_RETENTION_DAYS,
    maxApiKeysPerUser: e.MAX_API_KEYS_PER_USER,
    maxApiTokensPerUser: e.MAX_API_TOKENS_PER_USER,
    maxTeamsPerUser: e.MAX_TEAMS_PER_USER,
    rateLimitRequests: e.RATE_LIMIT_REQUESTS,
    rateLimitWindowS: e.RATE_LIMIT_WINDOW,
    /** A session ends after this time without a request. */
    sessionHours: e.SESSION_EXPIRATION_HOURS,
    /** A session ends this long after login, even if it is used. */
    sessionAbsoluteHours:
      given.SESSION_ABSOLUTE_HOURS === undefined
        ? Math.max(e.SESSION_ABSOLUTE_HOURS, e.SESSION_EXPIRATION_HOURS)
        : e.SESSION_ABSOLUTE_HOURS,
    allowRegistration: e.ALLOW_REGISTRATION,
    requireSecondFactor: e.REQUIRE_2FA,
    /** Whether users can log in, register and confirm their identity with a password. */
    passwordLogin: e.PASSWORD_LOGIN,
    /** The provider of OpenID Connect; `null` if there is none. */
    oidc,
    host: e.HOST,
    port: e.PORT,
    /** Scheme, host and port without a trailing slash. */
    publicUrl: e.PUBLIC_URL ?? null,
    isHttps,
    hstsIncludeSubdomains: e.HSTS_INCLUDE_SUBDOMAINS,
    trustProxy: e.TRUST_PROXY,
    corsOrigins: e.CORS_ORIGINS,
    backupFolder: path.resolve(e.BACKUP_DIR),
    backupKeep: e.BACKUP_KEEP,
    /** `null` if email is not configured. */
    smtp: e.SMTP_URL && e.MAIL_FROM ? parseSmtp(e.SMTP_URL, e.MAIL_FROM) : null,
    /** Private networks that channels may deliver to. */
    permittedWebhooks: e.ALLOW_PRIVATE_WEBHOOKS,
    proxies: Object.freeze({ https: e.HTTPS_PROXY ?? null, http: e.HTTP_PROXY ?? null, bypass: e.NO_PROXY }),
    metricsToken: e.METRICS_TOKEN ?? null,
    logLevel: e.LOG_LEVEL,
  });
}

/** @throws ConfigError if a variable is missing that another one requires */
function readOidc(e: z.output<typeof environment>) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = e;
  if (issuer === undefined) {
    const without = (["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_TEAM_ID", "OIDC_ROLE_CLAIM"] as const).find(
      (name) => e[name] !== undefined,
    );
    if (without) throw new ConfigError(`OIDC_ISSUER is missing: ${without} has no effect without it`);
    return null;
  }
  if (clientId === undefined) throw new ConfigError("OIDC_CLIENT_ID is missing: OIDC_ISSUER requires it");
  if (e.PUBLIC_URL === undefined)
    throw new ConfigError(
      "PUBLIC_URL is missing: OIDC_ISSUER requires it, because the provider sends people back to that address",
    );
  const { protocol, hostname } = new URL(issuer);
  if (protocol === "http:" && !isLoopback(hostname.replace(/^\[|\]$/g, "")) && !e.ALLOW_INSECURE_HTTP)
    throw new ConfigError(
      "OIDC_ISSUER must be an https:// address, or an address of this machine. ALLOW_INSECURE_HTTP=true allows http:// in a network that you trust",
    );
  if (e.OIDC_ROLE_CLAIM !== undefined && e.OIDC_TEAM_ID === undefined)
    throw new ConfigError("OIDC_TEAM_ID is missing: OIDC_ROLE_CLAIM sets the role in that team");
  return Object.freeze({
    issuer,
    clientId,
    /** `null` for a public client, which only has PKCE. */
    clientSecret: e.OIDC_CLIENT_SECRET ?? null,
    name: e.OIDC_NAME,
    scopes: e.OIDC_SCOPES,
    /** Lowercase; empty: all. */
    allowedDomains: e.OIDC_ALLOWED_DOMAINS.map((domain) => domain.toLowerCase()),
    autoRegister: e.OIDC_AUTO_REGISTER ?? e.ALLOW_REGISTRATION,
    /** Team that people who sign in through the provider join; `null` for none. */
    teamId: e.OIDC_TEAM_ID ?? null,
    roleClaim: e.OIDC_ROLE_CLAIM ?? null,
    /** Whether an address counts as verified if the provider does not say. */
    trustsEmail: e.OIDC_TRUST_EMAIL,
  });
}

function parseSmtp(address: string, from: string) {
  const url = new URL(address);
  const isTls = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const text = (encoded: string) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      throw new ConfigError("SMTP_URL has a user or password with a % that is not encoded as %25");
    }
  };
  return Object.freeze({
    host,
    port: url.port === "" ? (isTls ? 465 : 587) : Number(url.port),
    /** Implicit TLS; otherwise STARTTLS. */
    isTls,
    isLoopback: isLoopback(host),
    login: url.username === "" ? null : Object.freeze({ user: text(url.username), password: text(url.password) }),
    from,
  });
}

/** Reads `process.env`. Nothing else in the server reads it. */
export function readConfig(): Config {
  requireSupportedNode(process.versions.node);
  return parseConfig(process.env);
}

/** The environment that {@link readConfig} reads, for warnings. */
export const readEnvironment = (): Record<string, string | undefined> => process.env;

/** @throws ConfigError on Node older than 22.19: the SQLite driver would end the process without an error. */
export function requireSupportedNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return;
  throw new ConfigError(`This is Node ${version}. orwatch requires Node 22.19 or newer. Install Node 24.`);
}

/** Settings that must not appear in the log. */
export const secretsOf = (config: Config): (string | null)[] => [
  config.encryptionKey,
  config.encryptionKeyPrevious,
  config.metricsToken,
  config.smtp?.login?.password ?? null,
  config.oidc?.clientSecret ?? null,
  ...[config.proxies.https, config.proxies.http].flatMap((proxy) => {
    const credentials = proxy === null ? "" : (readCredentials(new URL(proxy)) ?? "");
    const password = credentials.slice(credentials.indexOf(":") + 1);
    return password === "" ? [] : [password, new URL(proxy ?? "").password];
  }),
];
