import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type Binding, createCipher } from "./cipher.ts";

const OLD = "an encryption key of the past, long enough";
const NEW = "the encryption key of today, long enough too";
const cipher = createCipher({ key: NEW, previous: null });
const binding: Binding = { ownerId: 7, keyHash: "a".repeat(64) };

let tried = 0;
afterAll(() => void process.stdout.write(`cipher: ${tried} envelopes tried\n`));

const secrets = fc.string({ unit: "binary", maxLength: 300 }).map((text) => Buffer.from(text).toString());
const bindings = fc.record({ ownerId: fc.nat(), keyHash: fc.stringMatching(/^[0-9a-f]{64}$/) });

test("decrypts for the same owner and key, and the envelope contains no plain text", () => {
  fc.assert(
    fc.property(secrets, bindings, (secret, bound) => {
      tried += 1;
      const envelope = cipher.encrypt(secret, bound);
      expect(envelope).toMatch(/^v1\.[\w-]+\.[\w-]{16}\.[\w-]{22}\.[\w-]*$/);
      expect(cipher.decrypt(envelope, bound)).toBe(secret);
    }),
    { numRuns: 500 },
  );
});

test("each encryption has its own nonce and ciphertext", () => {
  const parts = Array.from({ length: 2000 }, () => cipher.encrypt("sk-or-v1-same", binding).split("."));
  tried += parts.length;
  expect(new Set(parts.map(([, , nonce]) => nonce)).size).toBe(2000);
  expect(new Set(parts.map(([, , , , ciphertext]) => ciphertext)).size).toBe(2000);
});

test("a ciphertext moved to another owner or another key does not decrypt", () => {
  fc.assert(
    fc.property(secrets, bindings, bindings, (secret, mine, theirs) => {
      fc.pre(mine.ownerId !== theirs.ownerId && mine.keyHash !== theirs.keyHash);
      tried += 1;
      const envelope = cipher.encrypt(secret, mine);
      expect(cipher.decrypt(envelope, { ...mine, ownerId: theirs.ownerId })).toBeNull();
      expect(cipher.decrypt(envelope, { ...mine, keyHash: theirs.keyHash })).toBeNull();
      expect(cipher.decrypt(envelope, theirs)).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test("the owner of a ciphertext is unambiguous: owner 1 with key 23 is not owner 12 with key 3", () => {
  const envelope = cipher.encrypt("secret", { ownerId: 1, keyHash: "23" });
  expect(cipher.decrypt(envelope, { ownerId: 12, keyHash: "3" })).toBeNull();
});

test("an envelope with any one bit changed does not decrypt", () => {
  const envelope = cipher.encrypt("sk-or-v1-0123456789abcdef", binding);
  const [version, id, ...parts] = envelope.split(".") as [string, string, ...string[]];
  parts.forEach((part, at) => {
    const bytes = Buffer.from(part, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      const forged = [version, id, ...parts.with(at, changed.toString("base64url"))].join(".");
      tried += 1;
      expect(cipher.decrypt(forged, binding)).toBeNull();
    }
  });
});

test("returns null for a truncated tag, a missing part, another version or other text", () => {
  const [version, id, nonce, tag, ciphertext] = cipher.encrypt("secret", binding).split(".") as [string, ...string[]];
  const short = Buffer.from(tag as string, "base64url")
    .subarray(0, 4)
    .toString("base64url");
  for (const forged of [
    [version, id, nonce, short, ciphertext],
    [version, id, nonce, tag],
    [version, id, nonce],
    ["v2", id, nonce, tag, ciphertext],
    [version, id, "", tag, ciphertext],
  ])
    expect(cipher.decrypt(forged.join("."), binding)).toBeNull();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (rubbish) => {
      tried += 1;
      expect(cipher.decrypt(rubbish, binding)).toBeNull();
      expect(cipher.decrypt(`v1.${id}.${rubbish}`, binding)).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test("after a change of encryption key the previous one still decrypts, and new envelopes are current", () => {
  const before = createCipher({ key: OLD, previous: null }).encrypt("secret", binding);
  const both = createCipher({ key: NEW, previous: OLD });
  expect(both.decrypt(before, binding)).toBe("secret");
  expect(both.isCurrent(before)).toBe(false);
  const after = both.encrypt("secret", binding);
  expect(both.isCurrent(after)).toBe(true);
  expect(cipher.decrypt(after, binding)).toBe("secret");
});

test("an envelope of an unknown encryption key is null, not an error", () => {
  const before = createCipher({ key: OLD, previous: null }).encrypt("secret", binding);
  expect(cipher.decrypt(before, binding)).toBeNull();
});
