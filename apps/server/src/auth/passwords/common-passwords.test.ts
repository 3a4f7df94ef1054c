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
  const fastest = async (password: string) => {
    const times: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const began = performance.now();
      await isCommonPassword(password, EMAIL);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  };
  const usual = await fastest("Correct-Horse-9".repeat(8));
  for (const part of ["(", "a*", "[^", "\\", "1", "!", "a1!"])
    expect(await fastest(part.repeat(64))).toBeLessThan(20 * usual);
});
