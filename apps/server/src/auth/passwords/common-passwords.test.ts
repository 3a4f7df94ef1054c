import { expect, test } from "vitest";
import { isCommonPassword } from "./common-passwords.ts";

const EMAIL = "ada.lovelace@example.com";

test.each([
  "Password123!",
  "password",
  "P@ssw0rd2024!!",
  "Qwertyuiop-12345",
  "Iloveyou!!!2026",
  "Sunshine#19851985",
  "ABC123456789!",
  "Dragon-00000000",
  "Openrouter-2026!",
  "Orwatch!2026-11",
  "Ada.Lovelace-1815!",
  "Example.com-1234",
  "Ｐassword123!",
])("rejects %s", async (password) => {
  expect(await isCommonPassword(password, EMAIL)).toBe(true);
});

test.each([
  "Correct-Horse-9",
  "Battery-Staple-7",
  "Another-Horse-10",
  "Ab-7301948273!",
  "xK9$mQ2#vL5@nR8!",
  "Das-ist-1-langer-Satz",
  "(((((((((Aa1",
  '"["Quote-and-1-bracket',
  "Ünïcödé-Wörter-42",
  "Ada-wrote-the-1st-program",
])("accepts %s", async (password) => {
  expect(await isCommonPassword(password, EMAIL)).toBe(false);
});

test("takes about as long for hostile passwords as for any other", async () => {
  const time = async (password: string) => {
    const began = performance.now();
    await isCommonPassword(password, EMAIL);
    return performance.now() - began;
  };
  const usual: number[] = [];
  for (let run = 0; run < 5; run += 1) usual.push(await time("Correct-Horse-9".repeat(8)));
  const limit = 20 * Math.min(...usual);
  for (const part of ["(", "a*", "[^", "\\", "1", "!", "a1!"]) {
    // A busy machine delays single runs; an expression that backtracks delays them all.
    let fastest = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 50 && fastest >= limit; run += 1) fastest = Math.min(fastest, await time(part.repeat(64)));
    expect(fastest).toBeLessThan(limit);
  }
});
