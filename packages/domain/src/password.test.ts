import { expect, it } from "vitest";
import { checkPassword } from "./password.ts";

it.each([
  ["Correct-Horse-9", []],
  ["Short-1", ["length"]],
  [`${"Aa1-".repeat(32)}x`, ["length"]],
  ["correct-horse-9", ["upper"]],
  ["CORRECT-HORSE-9", ["lower"]],
  ["Correct-Horse-X", ["digit"]],
  ["Correct Horse 9", ["special"]],
  ["Ärgerlich-9-Öl", []],
  ["", ["length", "upper", "lower", "digit", "special"]],
])("%j does not meet %j", (password, unmet) => {
  const open = checkPassword(password).filter(({ isMet }) => !isMet);
  expect(open.map(({ rule }) => rule)).toEqual(unmet);
});
