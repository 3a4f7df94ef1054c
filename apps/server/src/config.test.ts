import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { ConfigError, parseConfig, requireSupportedNode, secretsOf } from "./config.ts";

const KEY = "k".repeat(32);
const parse = (env: Record<string, string | undefined> = {}) => parseConfig({ ENCRYPTION_KEY: KEY, ...env });

let tried = 0;
afterAll(() => void process.stdout.write(`config: ${tried} environments tried\n`));

function messageOf(env: Record<string, string | undefined>): string {
  tried += 1;
  try {
    parseConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  return "was accepted";
}

test("uses defaults for everything but the encryption key", () => {
  const { databaseFile, backupFolder, ...rest } = parse();
  expect(databaseFile).toMatch(/\/data\/app\.db$/);
  expect(backupFolder).toMatch(/\/data\/backups$/);
  expect(rest).toEqual({
    encryptionKey: KEY,
    encryptionKeyPrevious: null,
    openRouterUrl: "https://openrouter.ai/api/v1",
    openRouterRequestsPerMinute: 60,
    syncIntervalMinutes: 60,
    retentionDays: 0,
    breakdownRetentionDays: 0,
    maxApiKeysPerUser: 10,
    maxApiTokensPerUser: 5,
    maxTeamsPerUser: 5,
    rateLimitRequests: 100,
    rateLimitWindowS: 3600,
    sessionHours: 24,
    sessionAbsoluteHours: 720,
    allowRegistration: true,
    requireSecondFactor: false,
    passwordLogin: true,
    oidc: null,
    host: "127.0.0.1",
    port: 3000,
    publicUrl: null,
    isHttps: false,
    hstsIncludeSubdomains: false,
    trustProxy: [],
    corsOrigins: [],
    backupKeep: 7,
    smtp: null,
    permittedWebhooks: { allPrivate: false, networks: [] },
    proxies: { https: null, http: null, bypass: [] },
    metricsToken: null,
    logLevel: "info",
  });
});

test.each([
  ["DATABASE_URL", "./data/app.db", "must be file: and a path"],
  ["DATABASE_URL", "postgres://x", "must be file: and a path"],
  ["ENCRYPTION_KEY", "short", "at least 32 characters"],
  ["ENCRYPTION_KEY_PREVIOUS", "short", "at least 32 characters"],
  ["OPENROUTER_API_URL", "openrouter.ai", "http:// or https://"],
  ["OPENROUTER_API_URL", "ftp://openrouter.ai", "http:// or https://"],
  ["SYNC_INTERVAL_MINUTES", "4", "at least 5"],
  ["SYNC_INTERVAL_MINUTES", "1441", "at most 1440"],
  ["SYNC_INTERVAL_MINUTES", "1h", "whole number"],
  ["USAGE_STATS_RETENTION_DAYS", "-1", "whole number"],
  ["BREAKDOWN_RETENTION_DAYS", "-1", "whole number"],
  ["MAX_API_KEYS_PER_USER", "0", "at least 1"],
  ["MAX_API_TOKENS_PER_USER", "1.5", "whole number"],
  ["MAX_TEAMS_PER_USER", "50", "at most 49"],
  ["RATE_LIMIT_REQUESTS", "0", "at least 1"],
  ["RATE_LIMIT_WINDOW", "1e9", "whole number"],
  ["RATE_LIMIT_WINDOW", "86401", "at most 86400"],
  ["SESSION_EXPIRATION_HOURS", "0", "at least 1"],
  ["SESSION_ABSOLUTE_HOURS", "87601", "at most 87600"],
  ["ALLOW_REGISTRATION", "yes", "true or false"],
  ["PORT", "65536", "at most 65535"],
  ["PUBLIC_URL", "keys.example.com", "http:// or https://"],
  ["ALLOW_INSECURE_HTTP", "1", "true or false"],
  ["TRUST_PROXY", "10.0.0.1,nonsense", "nonsense is not an address or a CIDR"],
  ["TRUST_PROXY", "10.0.0.0/33", "10.0.0.0/33 is not an address or a CIDR"],
  ["TRUST_PROXY", "10.0.0.0/", "10.0.0.0/ is not"],
  ["CORS_ORIGINS", "*", "* is not an origin"],
  ["CORS_ORIGINS", "https://a.example.com/", "is not an origin"],
  ["BACKUP_KEEP", "0", "at least 1"],
  ["SMTP_URL", "mail.example.com:587", "must be smtp:// or smtps://"],
  ["SMTP_URL", "http://mail.example.com", "must be smtp:// or smtps://"],
  ["SMTP_URL", "smtp://", "must be smtp:// or smtps://"],
  ["SMTP_URL", "smtp://ada:p/ss@mail.example.com", "percent-encoded"],
  ["SMTP_URL", "smtp://mail.example.com:99999", "must be smtp:// or smtps://"],
  ["SMTP_URL", "smtp://mail.example.com/?tls=no", "nothing else"],
  ["MAIL_FROM", "orwatch", "must be an address"],
  ["MAIL_FROM", "a@example.com\nBcc: b@example.com", "must be an address"],
  ["ALLOW_PRIVATE_WEBHOOKS", "yes", "true, false, or a comma-separated list"],
  ["ALLOW_PRIVATE_WEBHOOKS", "false,10.0.0.0/8", "false is not valid"],
  ["ALLOW_PRIVATE_WEBHOOKS", "10.0.0.0/33", "10.0.0.0/33 is not valid"],
  ["HTTPS_PROXY", "socks5://127.0.0.1:1080", "must be the address of an HTTP proxy"],
  ["HTTP_PROXY", "http://proxy.example.com/path", "must be the address of an HTTP proxy"],
  ["HTTP_PROXY", "http://", "must be the address of an HTTP proxy"],
  ["HTTPS_PROXY", "http://me:50%@proxy.example.com", "must be the address of an HTTP proxy"],
  ["PUBLIC_URL", "https://example.com/orwatch", "must be an address without a path"],
  ["PUBLIC_URL", "https://example.com/?a=b", "must be an address without a path"],
  ["PUBLIC_URL", "https://example.com?", "must be an address without a path"],
  ["PUBLIC_URL", "https://example.com/#top", "must be an address without a path"],
  ["PUBLIC_URL", "https://me:secret@example.com", "must be an address without a path"],
  ["OPENROUTER_API_URL", "https://openrouter.ai/api/v1?x=1", "must have no query"],
  ["OPENROUTER_API_URL", "https://openrouter.ai/api/v1#x", "must have no query"],
  ["OPENROUTER_REQUESTS_PER_MINUTE", "9", "10"],
  ["OPENROUTER_API_URL", "https://me@openrouter.ai/api/v1", "must have no query"],
  ["HSTS_INCLUDE_SUBDOMAINS", "1", "true or false"],
  ["OIDC_ISSUER", "id.example.com", "http:// or https://"],
  ["OIDC_ISSUER", "https://id.example.com/?x=1", "must be the issuer"],
  ["OIDC_ISSUER", "https://id.example.com/.well-known/openid-configuration", "must be the issuer"],
  ["OIDC_CLIENT_SECRET", "short", "at least 8 characters"],
  ["OIDC_SCOPES", "email profile", "must contain openid"],
  ["OIDC_ALLOWED_DOMAINS", "example.com, @example.org", "@example.org is not a domain"],
  ["OIDC_AUTO_REGISTER", "yes", "true or false"],
  ["OIDC_TEAM_ID", "research", "whole number"],
  ["PASSWORD_LOGIN", "no", "true or false"],
  ["METRICS_TOKEN", "short", "at least 16 characters"],
  ["LOG_LEVEL", "loud", "debug, info, warn or error"],
])("rejects %s=%s with the variable's name and a hint", (name, value, what) => {
  const message = messageOf({ ENCRYPTION_KEY: KEY, [name]: value });
  expect(message.split("; ")).toHaveLength(1);
  expect(message).toMatch(new RegExp(`^${name} `));
  expect(message).toContain(what);
});

test("explains how to create a missing encryption key", () => {
  expect(messageOf({})).toBe(
    "ENCRYPTION_KEY is missing. Run `npm start`, which writes one to .env, or set it to 32 or more random characters",
  );
});

test("reports every invalid variable at once and repeats no secret", () => {
  const message = messageOf({ ENCRYPTION_KEY: "my-secret", METRICS_TOKEN: "hush", PORT: "x", LOG_LEVEL: "x" });
  for (const name of ["ENCRYPTION_KEY", "METRICS_TOKEN", "PORT", "LOG_LEVEL"]) expect(message).toContain(name);
  expect(message).not.toMatch(/my-secret|hush/);
});

test("parses SMTP_URL into host, port, login and TLS", () => {
  const MAIL_FROM = "orwatch <orwatch@example.com>";
  const smtp = (SMTP_URL: string) => parse({ SMTP_URL, MAIL_FROM }).smtp;
  expect(smtp("smtp://ada%40example.com:p%2Fss%3A1@mail.example.com")).toEqual({
    host: "mail.example.com",
    port: 587,
    isTls: false,
    isLoopback: false,
    login: { user: "ada@example.com", password: "p/ss:1" },
    from: MAIL_FROM,
  });
  expect(smtp("smtps://mail.example.com")).toMatchObject({ port: 465, isTls: true, login: null });
  expect(smtp("smtp://127.0.0.1:25/")).toMatchObject({ port: 25, isLoopback: true });
});

test("SMTP_URL requires MAIL_FROM, and errors never contain its password", () => {
  const base = { ENCRYPTION_KEY: KEY };
  expect(messageOf({ ...base, SMTP_URL: "smtp://a:hush@mail.example.com" })).toMatch(/^MAIL_FROM is missing/);
  for (const SMTP_URL of ["smtp://a:hush%zz@mail.example.com", "smtp://a:hush@", "smtp://a:hu/sh@mail.example.com"])
    expect(messageOf({ ...base, SMTP_URL, MAIL_FROM: "a@example.com" })).not.toMatch(/hu.?sh|was accepted/);
});

test.each(["127.0.0.1", "127.9.8.7", "localhost", "::1"])("HOST %s does not require https", (HOST) => {
  expect(parse({ HOST }).host).toBe(HOST);
});

test.each(["0.0.0.0", "::", "192.168.1.5", "example.com", "127.example.com"])(
  "HOST %s requires an https PUBLIC_URL or ALLOW_INSECURE_HTTP",
  (HOST) => {
    for (const env of [{}, { PUBLIC_URL: "http://keys.example.com" }, { ALLOW_INSECURE_HTTP: "false" }])
      expect(messageOf({ ENCRYPTION_KEY: KEY, HOST, ...env })).toContain(`HOST ${HOST} can be reached`);
    expect(parse({ HOST, PUBLIC_URL: "https://keys.example.com" }).isHttps).toBe(true);
    expect(parse({ HOST, ALLOW_INSECURE_HTTP: "true" }).host).toBe(HOST);
  },
);

test("treats empty variables as absent and trims lists and addresses", () => {
  const config = parse({
    PORT: "",
    PUBLIC_URL: "https://keys.example.com/",
    OPENROUTER_API_URL: "http://127.0.0.1:4010/api/v1//",
    TRUST_PROXY: " 10.0.0.0/8 , ::1,fd00::/8 ,",
    CORS_ORIGINS: "https://a.example.com,http://localhost:5173",
  });
  expect(config.port).toBe(3000);
  expect(config.publicUrl).toBe("https://keys.example.com");
  expect(config.openRouterUrl).toBe("http://127.0.0.1:4010/api/v1");
  expect(config.trustProxy).toEqual(["10.0.0.0/8", "::1", "fd00::/8"]);
  expect(config.corsOrigins).toEqual(["https://a.example.com", "http://localhost:5173"]);
  expect(Object.isFrozen(config)).toBe(true);
});

test("accepts or rejects any environment by variable name", () => {
  const names = ["PORT", "TRUST_PROXY", "CORS_ORIGINS", "PUBLIC_URL", "SYNC_INTERVAL_MINUTES", "HOST", "DATABASE_URL"];
  const environments = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(environments, (env) => {
      const message = messageOf({ ENCRYPTION_KEY: KEY, ...env });
      expect(message === "was accepted" || names.some((name) => message.includes(name))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("the absolute session limit defaults to at least the idle limit and may be set lower", () => {
  expect(parse({ SESSION_EXPIRATION_HOURS: "8760" }).sessionAbsoluteHours).toBe(8760);
  expect(parse({ SESSION_EXPIRATION_HOURS: "8760", SESSION_ABSOLUTE_HOURS: "12" }).sessionAbsoluteHours).toBe(12);
});

describe("Node version", () => {
  test.each(["20.20.2", "22.18.0", "18.0.0"])("Node %s is rejected with the version to install", (version) => {
    expect(() => requireSupportedNode(version)).toThrow(ConfigError);
    expect(() => requireSupportedNode(version)).toThrow(/Node 24/);
  });

  test.each(["22.19.0", "24.21.0", "26.0.0"])("Node %s is accepted", (version) => {
    expect(() => requireSupportedNode(version)).not.toThrow();
  });
});

test.each([
  ["false", { allPrivate: false, networks: [] }],
  ["true", { allPrivate: true, networks: [] }],
  ["10.0.0.0/8, fd00::/8", { allPrivate: false, networks: ["10.0.0.0/8", "fd00::/8"] }],
  ["true,127.0.0.1", { allPrivate: true, networks: ["127.0.0.1"] }],
])("parses ALLOW_PRIVATE_WEBHOOKS=%s as a list of networks", (text, expected) => {
  expect(parse({ ALLOW_PRIVATE_WEBHOOKS: text }).permittedWebhooks).toEqual(expected);
});

test.each([
  ["https://Example.com/", "https://example.com"],
  ["https://example.com:8443", "https://example.com:8443"],
  ["https://example.com:443", "https://example.com"],
  ["http://[::1]:3000/", "http://[::1]:3000"],
])("parses PUBLIC_URL=%s as the site %s", (text, expected) => {
  expect(parse({ PUBLIC_URL: text }).publicUrl).toBe(expected);
});

test("accepts HOST in brackets", () => {
  expect(parse({ HOST: "[::1]" }).host).toBe("::1");
});

test("reads proxies in upper and lower case, with or without http://", () => {
  expect(parse({ HTTPS_PROXY: "proxy.example:3128", no_proxy: "a.example, .b.example" }).proxies).toEqual({
    https: "http://proxy.example:3128",
    http: null,
    bypass: ["a.example", ".b.example"],
  });
  expect(parse({ https_proxy: "http://lower:1", HTTPS_PROXY: "http://upper:1" }).proxies.https).toBe("http://lower:1");
});

const ZERO_WIDTH = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202a"];

test.each(ZERO_WIDTH)("removes an invisible character (%j) from a variable", (character) => {
  const config = parse({
    ENCRYPTION_KEY: `${character}${KEY.slice(0, 9)}${character}${KEY.slice(9)}`,
    PORT: `30${character}00`,
    METRICS_TOKEN: `${"m".repeat(16)}${character}`,
  });
  expect(config.encryptionKey).toBe(KEY);
  expect(config.port).toBe(3000);
  expect(config.metricsToken).toBe("m".repeat(16));
});

test("decrypts secrets encrypted by an earlier version with an ENCRYPTION_KEY as pasted", () => {
  expect(parse({ ENCRYPTION_KEY: `${KEY}\u200b` }).encryptionKeyPrevious).toBe(`${KEY}\u200b`);
  expect(parse().encryptionKeyPrevious).toBeNull();
});

test("reads a variable whose name has a byte order mark", () => {
  expect(parseConfig({ "\ufeffENCRYPTION_KEY": KEY }).encryptionKey).toBe(KEY);
});

describe("OpenID Connect", () => {
  const OIDC = {
    OIDC_ISSUER: "https://id.example.com",
    OIDC_CLIENT_ID: "orwatch",
    PUBLIC_URL: "https://keys.example.com",
  };

  test("needs only issuer, client and PUBLIC_URL", () => {
    expect(parse(OIDC).oidc).toEqual({
      issuer: "https://id.example.com",
      clientId: "orwatch",
      clientSecret: null,
      name: "SSO",
      scopes: ["openid", "email"],
      allowedDomains: [],
      autoRegister: true,
      teamId: null,
      roleClaim: null,
      trustsEmail: false,
    });
  });

  test("reads all variables", () => {
    const oidc = parse({
      ...OIDC,
      OIDC_CLIENT_SECRET: "a-long-secret",
      OIDC_NAME: "Acme ID",
      OIDC_SCOPES: "openid email, groups",
      OIDC_ALLOWED_DOMAINS: "example.com, Example.org",
      OIDC_AUTO_REGISTER: "false",
      OIDC_TEAM_ID: "7",
      OIDC_ROLE_CLAIM: "groups",
      OIDC_TRUST_EMAIL: "true",
      PASSWORD_LOGIN: "false",
    });
    expect(oidc).toMatchObject({
      passwordLogin: false,
      oidc: {
        clientSecret: "a-long-secret",
        name: "Acme ID",
        scopes: ["openid", "email", "groups"],
        allowedDomains: ["example.com", "example.org"],
        autoRegister: false,
        teamId: 7,
        roleClaim: "groups",
        trustsEmail: true,
      },
    });
    expect(secretsOf(oidc)).toContain("a-long-secret");
  });

  test("registers new people by default only while registration is open", () => {
    expect(parse({ ...OIDC, ALLOW_REGISTRATION: "false" }).oidc?.autoRegister).toBe(false);
    expect(parse({ ...OIDC, ALLOW_REGISTRATION: "false", OIDC_AUTO_REGISTER: "true" }).oidc?.autoRegister).toBe(true);
  });

  test.each<[Record<string, string | undefined>, string]>([
    [{ ...OIDC, OIDC_CLIENT_ID: undefined }, "OIDC_CLIENT_ID is missing"],
    [{ ...OIDC, PUBLIC_URL: undefined }, "PUBLIC_URL is missing"],
    [{ OIDC_CLIENT_ID: "orwatch" }, "OIDC_ISSUER is missing: OIDC_CLIENT_ID"],
    [{ OIDC_CLIENT_SECRET: "a-long-secret" }, "OIDC_ISSUER is missing: OIDC_CLIENT_SECRET"],
    [{ ...OIDC, OIDC_ROLE_CLAIM: "groups" }, "OIDC_TEAM_ID is missing"],
    [{ PASSWORD_LOGIN: "false" }, "OIDC_ISSUER is missing: with PASSWORD_LOGIN=false"],
    [{ ...OIDC, OIDC_ISSUER: "http://id.example.com" }, "OIDC_ISSUER must be an https:// address"],
  ])("rejects %j", (env, problem) => {
    expect(messageOf({ ENCRYPTION_KEY: KEY, ...env })).toContain(problem);
  });

  test.each(["http://localhost:8080", "http://127.0.0.1:8080/realms/x", "http://[::1]:8080"])(
    "accepts %s, which is on this machine",
    (OIDC_ISSUER) => {
      expect(parse({ ...OIDC, OIDC_ISSUER }).oidc?.issuer).toBe(OIDC_ISSUER);
    },
  );

  test("accepts http:// in a network with ALLOW_INSECURE_HTTP", () => {
    const oidc = parse({ ...OIDC, OIDC_ISSUER: "http://id.lan:8080", ALLOW_INSECURE_HTTP: "true" }).oidc;
    expect(oidc?.issuer).toBe("http://id.lan:8080");
  });
});
