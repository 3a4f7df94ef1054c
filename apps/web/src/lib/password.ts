import { text } from "./text.ts";

/** The server's rules for a new password; it decides, this only shows them while one types. */
const RULES: { id: keyof typeof text.password.rules; isMet: (password: string) => boolean }[] = [
  { id: "length", isMet: (password) => password.length >= 12 && password.length <= 128 },
  { id: "upper", isMet: (password) => /\p{Lu}/u.test(password) },
  { id: "lower", isMet: (password) => /\p{Ll}/u.test(password) },
  { id: "digit", isMet: (password) => /\p{Nd}/u.test(password) },
  { id: "special", isMet: (password) => /[^\p{L}\p{N}\s]/u.test(password) },
];

export const checkPassword = (password: string) =>
  RULES.map(({ id, isMet }) => ({ id, label: text.password.rules[id], met: isMet(password) }));
