import fc from "fast-check";
import { expect, test } from "vitest";
import { codeAt, createTotpSecret, findStep, stepAt, toUri } from "./totp.ts";

// RFC 6238, appendix B: the secret "12345678901234567890" and the last six of the eight digits for SHA-1.
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("at second %i of the epoch the RFC's secret gives %s", async (second, code) => {
  expect(await codeAt(RFC_SECRET, stepAt(new Date(second * 1000)))).toBe(code);
});

test("accepts a code in its step and the adjacent ones, and never again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1_700_000_000, max: 2_100_000_000 }),
      fc.integer({ min: -4, max: 4 }),
      fc.integer({ min: -4, max: 4 }),
      async (second, offset, last) => {
        const now = new Date(second * 1000);
        const step = stepAt(now) + offset;
        const lastStep = stepAt(now) + last;
        const found = await findStep({ secret: RFC_SECRET, code: await codeAt(RFC_SECRET, step), lastStep, now });
        expect(found).toBe(Math.abs(offset) <= 1 && step > lastStep ? step : null);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(["", "12345", "1234567", "28708２", "28 7082", "abcdef", "287082\n"])("rejects %j", async (code) => {
  expect(await findStep({ secret: RFC_SECRET, code, lastStep: 0, now: new Date(59_000) })).toBeNull();
});

test("secrets have 160 random bits, and the QR code URI names account and issuer", () => {
  const secrets = Array.from({ length: 50 }, createTotpSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(toUri({ email: "ada+x@example.com", secret: RFC_SECRET })).toBe(
    `otpauth://totp/orwatch:ada%2Bx%40example.com?secret=${RFC_SECRET}&issuer=orwatch`,
  );
});
