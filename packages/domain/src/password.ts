export const PASSWORD_LENGTH = { min: 12, max: 128 };

/** What a new password must contain, beside its length. */
export const PASSWORD_NEEDS = [
  { needs: "upper", pattern: /\p{Lu}/u },
  { needs: "lower", pattern: /\p{Ll}/u },
  { needs: "digit", pattern: /\p{Nd}/u },
  { needs: "special", pattern: /[^\p{L}\p{N}\s]/u },
] as const;

type PasswordRule = "length" | (typeof PASSWORD_NEEDS)[number]["needs"];

/** Each rule for a new password, and whether it is met. */
export const checkPassword = (password: string): { rule: PasswordRule; isMet: boolean }[] => [
  { rule: "length", isMet: password.length >= PASSWORD_LENGTH.min && password.length <= PASSWORD_LENGTH.max },
  ...PASSWORD_NEEDS.map(({ needs, pattern }) => ({ rule: needs, isMet: pattern.test(password) })),
];
