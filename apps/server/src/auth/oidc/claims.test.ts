import { ROLES } from "@orwatch/domain/permissions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDomainAllowed, isEmailVerified, readEmail, readRole } from "./claims.ts";

describe("email addresses", () => {
  test.each([
    ["Ada@Example.com", "ada@example.com"],
    [" ada@example.com ", "ada@example.com"],
    ["ada", null],
    ["", null],
    [undefined, null],
    [["ada@example.com"], null],
    [7, null],
  ])("the address of %j is %j", (email, expected) => {
    expect(readEmail({ email })).toBe(expected);
  });

  test.each([
    [true, true, true],
    ["true", true, true],
    [false, false, false],
    ["false", false, false],
    [1, false, false],
    [undefined, false, true],
    [null, false, true],
  ])("email_verified %j is %j, and %j for a provider that never says", (value, plain, trusted) => {
    expect(isEmailVerified({ email_verified: value }, { trustsEmail: false })).toBe(plain);
    expect(isEmailVerified({ email_verified: value }, { trustsEmail: true })).toBe(trusted);
  });

  test("only listed domains are allowed, and all if none are listed", () => {
    expect(isDomainAllowed("ada@example.com", [])).toBe(true);
    expect(isDomainAllowed("ada@example.com", ["example.org", "example.com"])).toBe(true);
    expect(isDomainAllowed("ada@mail.example.com", ["example.com"])).toBe(false);
    expect(isDomainAllowed('"ada@example.com"@evil.example', ["example.com"])).toBe(false);
  });
});

describe("roles", () => {
  test.each([
    [{ roles: ["editor"] }, "roles", "editor"],
    [{ role: "Admin" }, "role", "admin"],
    [{ groups: ["/orwatch-viewer", "staff"] }, "groups", "viewer"],
    [{ groups: ["orwatch:owner", "orwatch:viewer"] }, "groups", "owner"],
    [{ groups: ["orwatch_editor"] }, "groups", "editor"],
    [{ realm_access: { roles: ["viewer"] } }, "realm_access.roles", "viewer"],
    [{ "https://example.com/roles": ["admin"] }, "https://example.com/roles", "admin"],
    [{ groups: ["administrators", "my-admin", "admin2", "not orwatch-admin"] }, "groups", null],
    [{ groups: [] }, "groups", null],
    [{ groups: [{ name: "admin" }, null, 7] }, "groups", null],
    [{ groups: { admin: true } }, "groups", null],
    [{}, "groups", null],
    [{}, "a.b.c", null],
    [{}, "__proto__", null],
    [{}, "constructor.name", null],
  ])("%j has at %s the role %j", (claims, path, expected) => {
    expect(readRole(claims, path)).toBe(expected);
  });

  test("the most powerful one counts, wherever it is", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ROLES], { minLength: 1 }), fc.array(fc.string()), (roles, others) => {
        const best = ROLES.find((role) => roles.includes(role));
        const strange = others.filter((text) => readRole({ text }, "text") === null);
        expect(readRole({ roles: [...strange, ...roles.map((role) => `orwatch-${role}`)] }, "roles")).toBe(best);
      }),
    );
  });

  test("never throws for any claims and path", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.string(), (claims, path) => {
        expect([null, ...ROLES]).toContain(readRole(claims, path));
      }),
    );
  });
});
