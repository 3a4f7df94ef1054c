import { translated } from "../language.ts";
import { text as shared } from "../text.ts";

/** What is to come. */
export const en = {
  forecast: {
    of: "Of",
    allKeys: "All keys together",
    month: (name: string) => `Spend of ${name}`,
    expected: "Expected in all",
    between: (low: string, high: string) => `probably between ${low} and ${high}`,
    spent: "So far",
    barLabel: (spent: string, low: string, middle: string, high: string) =>
      `So far ${spent}; expected ${middle}, between ${low} and ${high}.`,
    tooLittleTitle: "Too little is known yet",
    tooLittle: (known: number) =>
      `A forecast needs 7 known days of the last 28; ${known === 1 ? "1 day is" : `${known} days are`} known so far.`,
    limits: "When limits run out",
    noLimits: "None of these keys has a limit at OpenRouter.",
    credits: "When credits run out",
    noCredits: "No management key tells the credits of an account.",
    creditsNote: (count: number) =>
      `At the pace of ${count === 1 ? "the one key" : `the ${count} keys`} of this account that you watch; what others spend is not in it.`,
    leftOf: (left: string, limit: string) => `${left} left of ${limit}`,
    overBy: (amount: string, limit: string) => `${amount} over its limit of ${limit}`,
    left: (amount: string) => `${amount} left`,
    leftUnknown: (limit: string) => `limit ${limit}, remaining unknown`,
    neverBought: "Unknown: this account has never bought credits, and OpenRouter does not report grants.",
    lasts: "Lasts until it resets",
    nextWindow: (from: string, to: string, on: string) =>
      from === to
        ? `At this pace it runs out in the window of ${on}.`
        : `In the window ${from} – ${to} it runs out about ${on}.`,
    resets: (when: string) => `resets ${when}`,
    noReset: "does not reset",
    byok: "counts your own provider keys",
    verdicts: {
      used_up: "Used up",
      runs_out: (when: string) => `Runs out about ${when}`,
      never: "Never at this pace",
      not_within_a_year: "Not within a year",
      unknown: "Too little is known",
    },
    range: (from: string, to: string) => `between ${from} and ${to}`,
    rangeOpen: (from: string) => `${from} at the earliest`,
    how: "How it is computed",
    method: (server: string) => server,
    basis: (days: number) => `Known days of the last 28: ${days}.`,
    record: "How good past forecasts were",
    noRecord:
      "orwatch keeps one forecast a day and compares it when the month has ended. There is nothing to compare yet.",
    hits: (hits: number, compared: number, rate: string) =>
      `${hits} of ${compared} forecasts held: the month ended within their range (${rate}; meant are about 80%).`,
    error: (percent: string) => `On average the expected amount was ${percent} off.`,
    pastTable: "Past forecasts",
    madeOn: "Made on",
    low: "Low",
    middle: "Expected",
    high: "High",
    actual: "What came",
    pending: "still open",
  },
};

export const text = { ...shared, ...translated("forecast", en) };
