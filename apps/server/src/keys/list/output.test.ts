import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { maskKey } from "./output.ts";

let tried = 0;
afterAll(() => void process.stdout.write(`mask: ${tried} keys tried\n`));

test("masks a key except for three characters at either end", () => {
  expect(maskKey(`sk-or-v1-abc${"0".repeat(58)}9f2`)).toBe("sk-or-v1-abc…9f2");
});

test("the mask shows at most six characters of a key, and none of a short one", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\x21-\x7e]{1,200}$/), (rest) => {
      tried += 1;
      const mask = maskKey(`sk-or-v1-${rest}`);
      const shown = mask.replace("sk-or-v1-", "").replace("…", "");
      expect(shown.length).toBeLessThanOrEqual(rest.length < 24 ? 0 : 6);
      if (rest.length > 6) expect(mask).not.toContain(rest);
    }),
    { numRuns: 1000 },
  );
});
