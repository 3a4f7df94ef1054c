import { describe, expect, test } from "vitest";
import { parseConfig, VARIABLES } from "../../config.ts";
import { editDistance, findConfigWarnings, findIntended } from "./config-warnings.ts";

const ENCRYPTION_KEY = "k".repeat(32);
const warningsOf = (env: Record<string, string>) =>
  findConfigWarnings({ ENCRYPTION_KEY, ...env }, parseConfig({ ENCRYPTION_KEY, ...env }));

test("a normal configuration has no warnings", () => {
  const env = {
    DATABASE_URL: "file:/var/lib/orwatch/app.db",
    BACKUP_DIR: "./data/backups",
    TRUST_PROXY: "10.0.0.0/8, fc00::/7, 127.0.0.1",
    https_proxy: "http://proxy.example:3128",
    no_proxy: "localhost",
  };
  expect(warningsOf(env)).toEqual([]);
});

describe("misspelled variables", () => {
  test.each([
    ["ALLOW_REGISTRATON", "ALLOW_REGISTRATION"],
    ["ALLOW_REGISTARTION", "ALLOW_REGISTRATION"],
    ["ALLOWREGISTRATION", "ALLOW_REGISTRATION"],
    ["allow_registration", "ALLOW_REGISTRATION"],
    ["ALLOW-REGISTRATION", "ALLOW_REGISTRATION"],
    ["TRUST_PROXIES", null],
    ["TRUSTED_PROXY", "TRUST_PROXY"],
    ["PUBLIC_URI", "PUBLIC_URL"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["PROT", "PORT"],
  ])("suggests %s → %s", (name, intended) => {
    expect(findIntended(name)).toBe(intended);
  });

  test.each(VARIABLES)("finds %s with any one letter missing", (name) => {
    for (let at = 0; at < name.length; at++) {
      const wrong = name.slice(0, at) + name.slice(at + 1);
      if (VARIABLES.includes(wrong)) continue;
      expect(findIntended(wrong), wrong).not.toBeNull();
    }
  });

  test("warns about a misspelled variable and names the intended one", () => {
    expect(warningsOf({ ALLOW_REGISTRATON: "false" })).toMatchObject([
      {
        event: "config.misspelled",
        variable: "ALLOW_REGISTRATON",
        message: expect.stringContaining("ALLOW_REGISTRATION"),
      },
    ]);
  });

  test.each([
    ..."PATH HOME USER SHELL LANG TERM TZ NODE_ENV NODE_OPTIONS HOSTNAME FTP_PROXY ALL_PROXY NO_COLOR PWD SHLVL".split(
      " ",
    ),
    ..."ftp_proxy host port npm_config_user_agent COMPOSE_PROFILES DOMAIN UPSTREAM DEBUG CI".split(" "),
    ...VARIABLES,
  ])("does not warn about %s", (name) => expect(findIntended(name)).toBeNull());
});

test.each(["0.0.0.0/0", "::/0", "0.0.0.0/1", "2000::/3"])("warns about TRUST_PROXY=%s", (network) => {
  expect(warningsOf({ TRUST_PROXY: `127.0.0.1,${network}` })).toMatchObject([
    { event: "config.trusts_everybody", message: expect.stringContaining(network) },
  ]);
});

describe("a provider at which anyone can have a user", () => {
  const warnings = (env: Record<string, string>) =>
    warningsOf({ OIDC_CLIENT_ID: "orwatch", PUBLIC_URL: "https://keys.example.com", ...env });

  test.each(["https://accounts.google.com", "https://login.microsoftonline.com/common/v2.0", "https://gitlab.com"])(
    "warns if anyone at %s can register",
    (OIDC_ISSUER) => {
      expect(warnings({ OIDC_ISSUER })).toMatchObject([{ event: "config.registers_everybody" }]);
      expect(warnings({ OIDC_ISSUER, OIDC_ALLOWED_DOMAINS: "example.com" })).toEqual([]);
      expect(warnings({ OIDC_ISSUER, OIDC_AUTO_REGISTER: "false" })).toEqual([]);
    },
  );

  test("does not warn about a provider of one company", () => {
    expect(
      warnings({ OIDC_ISSUER: "https://login.microsoftonline.com/6f4c1b3e-0000-0000-0000-000000000000/v2.0" }),
    ).toEqual([]);
    expect(warnings({ OIDC_ISSUER: "https://id.example.com" })).toEqual([]);
  });
});

test.each([
  [{ DATABASE_URL: "file:~/app.db" }, "~"],
  [{ DATABASE_URL: "file:./app.db?mode=ro" }, "?"],
  [{ BACKUP_DIR: "~/backups" }, "~"],
])("warns about a suspicious path: %j", (env, what) => {
  expect(warningsOf(env)).toMatchObject([{ event: "config.path", message: expect.stringContaining(what) }]);
});

test.each([
  ["", "", 0],
  ["abc", "abc", 0],
  ["abc", "", 3],
  ["abc", "acb", 1],
  ["abc", "xabc", 1],
  ["kitten", "sitting", 3],
])("editDistance of %j and %j is %i", (a, b, distance) => expect(editDistance(a, b)).toBe(distance));
