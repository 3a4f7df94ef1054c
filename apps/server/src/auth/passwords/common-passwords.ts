import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** JSON array of some 50,000 passwords of published leaks, lower-cased. */
const LIST = createRequire(import.meta.url).resolve("@zxcvbn-ts/language-common/src/passwords.json");
/** Shorter stems are in the list by accident: "ab" + ten random digits is no common password. */
const LEAST_STEM = 4;
/** What people build passwords for this program of. */
const OWN_WORDS = ["orwatch", "openrouter"];

const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const withoutTail = (text: string, tail: RegExp) => text.replace(tail, "");

/**
 * True for a password that is a well-known one, or became "strong" by case, digits and symbols at the end only: few entries of any
 * list meet the rules as they stand, so both sides are compared in lower case and without such an end. Reads the list each time
 * (a millisecond or two, at registrations and password changes) rather than keep it in memory.
 */
export async function isCommonPassword(password: string, email: string): Promise<boolean> {
  const whole = password.normalize("NFKC").toLowerCase();
  const stem = withoutTail(whole, /[\d\p{P}\p{S}\s]+$/u);
  const [name = "", domain = ""] = email.split("@");
  if ([...OWN_WORDS, name, email, domain].some((word) => word.length >= LEAST_STEM && stem === word)) return true;
  const exact = [whole, withoutTail(whole, /[\p{P}\p{S}\s]+$/u)].map(escapeRegex);
  const patterns = [...new Set(exact), ...(stem.length >= LEAST_STEM ? [`${escapeRegex(stem)}[^a-z"]*`] : [])];
  return new RegExp(`"(${patterns.join("|")})"`).test(await readFile(LIST, "utf8"));
}
