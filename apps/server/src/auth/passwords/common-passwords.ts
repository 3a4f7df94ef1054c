import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** JSON array of about 50,000 passwords from published leaks, in lowercase. */
const LIST = createRequire(import.meta.url).resolve("@zxcvbn-ts/language-common/src/passwords.json");
/** Shorter stems are in the list by coincidence: "ab" and ten random digits is not a common password. */
const MIN_STEM = 4;
/** Words that users of this program are likely to choose. */
const OWN_WORDS = ["orwatch", "openrouter"];

const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const withoutTail = (text: string, tail: RegExp) => text.replace(tail, "");

/**
 * True for a common password, also with changed case or with digits and symbols appended. Few entries of the list meet the password
 * rules, so both sides are compared in lowercase and without such a suffix. Reads the list each time
 * (1–2 ms, for registrations and password changes) instead of keeping it in memory.
 */
export async function isCommonPassword(password: string, email: string): Promise<boolean> {
  const whole = password.normalize("NFKC").toLowerCase();
  const stem = withoutTail(whole, /[\d\p{P}\p{S}\s]+$/u);
  const [name = "", domain = ""] = email.split("@");
  if ([...OWN_WORDS, name, email, domain].some((word) => word.length >= MIN_STEM && stem === word)) return true;
  const exact = [whole, withoutTail(whole, /[\p{P}\p{S}\s]+$/u)].map(escapeRegex);
  const patterns = [...new Set(exact), ...(stem.length >= MIN_STEM ? [`${escapeRegex(stem)}[^a-z"]*`] : [])];
  return new RegExp(`"(${patterns.join("|")})"`).test(await readFile(LIST, "utf8"));
}
