import { CHANNELS_IN_ITALIAN } from "./italian-channels.ts";
import { NOTICES_IN_ITALIAN } from "./italian-notices.ts";

/** `1,234.50` as Italians write it. */
const toNumber = (text: string): string => text.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));

const toMoney = (text: string): string =>
  text.startsWith("under") ? "meno di 0,01 $" : `${toNumber(text.replace("$", ""))} $`;

const toWhose = (text: string): string =>
  text === "all keys"
    ? "di tutte le chiavi"
    : text.replace(/^key /, "della chiave ").replace(/^(\d+) keys$/, "di $1 chiavi");

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const GIORNI = ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"];
const RESETS: Record<string, string> = { daily: "giornaliero", weekly: "settimanale", monthly: "mensile" };

const COUNT = "\\d+ (?:alerts?(?: resolved)?|rules? lost a key)";
const CONTEGGI: Record<string, string> = {
  alert: "avviso",
  alerts: "avvisi",
  "alert resolved": "avviso rientrato",
  "alerts resolved": "avvisi rientrati",
  "rule lost a key": "regola ha perso una chiave",
  "rules lost a key": "regole hanno perso una chiave",
};
const toCounts = (text: string): string =>
  text
    .split(", ")
    .map((part) => part.replace(/^(\d+) (.*)$/, (_, count, what: string) => `${count} ${CONTEGGI[what] ?? what}`))
    .join(", ");

/** What a sentence keeps: how it is found, and how it is said. */
const PARTS: Record<string, { pattern: string; say: (text: string) => string }> = {
  text: { pattern: "(.*)", say: (text) => text },
  name: { pattern: "“(.*)”", say: (text) => text },
  day: { pattern: "(\\d{4}-\\d{2}(?:-\\d{2})?)", say: (text) => text },
  time: { pattern: "(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2} UTC)", say: (text) => text },
  number: { pattern: "([\\d,.]*\\d)", say: toNumber },
  money: { pattern: "(-?\\$[\\d,.]*\\d|under \\$0\\.01)", say: toMoney },
  whose: { pattern: "(.*)", say: toWhose },
  weekday: { pattern: `(${WEEKDAYS.join("|")})`, say: (text) => GIORNI[WEEKDAYS.indexOf(text)] ?? text },
  reset: { pattern: "(daily|weekly|monthly)", say: (text) => RESETS[text] ?? text },
  counts: { pattern: `(${COUNT}(?:, ${COUNT})*)`, say: toCounts },
  /** A sentence of its own. */
  rest: { pattern: "(.*)", say: toItalian },
};

const SENTENCES = [...NOTICES_IN_ITALIAN, ...CHANNELS_IN_ITALIAN].map(([english, italian]) => {
  const kinds = [...english.matchAll(/\{(\w+)\}/g)].map(([, kind = ""]) => kind);
  const escaped = english.replace(/[.?()$|*+]/g, "\\$&").replace(/\{(\w+)\}/g, (_, kind) => PARTS[kind]?.pattern ?? "");
  const [begin = "", end = begin] = [english.split("{")[0], english.split("}").at(-1)];
  return { begin, end, pattern: new RegExp(`^${escaped}$`, "s"), kinds, italian };
});

/** A sentence of ours in Italian, as far as it is known; any other stays as it is. Pure. */
export function toItalian(sentence: string): string {
  for (const { begin, end, pattern, kinds, italian } of SENTENCES) {
    // An inbox may hold thousands of sentences, and most patterns can be told to be wrong by their ends.
    if (!sentence.startsWith(begin) || !sentence.endsWith(end)) continue;
    const found = pattern.exec(sentence);
    if (!found) continue;
    const kept = kinds.map((kind, index) => PARTS[kind]?.say(found[index + 1] ?? "") ?? "");
    return italian.replace(/\{(\d)\}/g, (_, place: string) => kept[Number(place) - 1] ?? "");
  }
  return sentence;
}

/** What people read in a message; what stands in the database and on the wire by default is English. */
export type Language = "en" | "it";

/** In the language asked for, as far as the sentence is one of ours. */
export const inLanguage = (language: Language, sentence: string): string =>
  language === "it" ? toItalian(sentence) : sentence;
