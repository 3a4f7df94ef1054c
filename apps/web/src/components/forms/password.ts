/** The server's rules for a new password; it decides, this only shows them while one types. */
const RULES = [
  { id: "length", isMet: (password: string) => password.length >= 12 && password.length <= 128 },
  { id: "upper", isMet: (password: string) => /\p{Lu}/u.test(password) },
  { id: "lower", isMet: (password: string) => /\p{Ll}/u.test(password) },
  { id: "digit", isMet: (password: string) => /\p{Nd}/u.test(password) },
  { id: "special", isMet: (password: string) => /[^\p{L}\p{N}\s]/u.test(password) },
] as const;

export const checkPassword = (password: string) => RULES.map(({ id, isMet }) => ({ id, met: isMet(password) }));
