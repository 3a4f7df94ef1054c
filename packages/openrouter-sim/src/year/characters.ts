import type { LimitReset } from "../ledger/types.ts";

export interface ModelHabit {
  readonly model: string;
  /** On an average day. */
  readonly requests: number;
  readonly prompt: number;
  readonly completion: number;
  readonly byok?: true;
  /** Parts of the span in which the model is used. */
  readonly from?: number;
  readonly to?: number;
}

/** Usage pattern of a key. `day` counts from the start of its history, `span` is the nominal length of the history. */
export interface Character {
  readonly name: string;
  readonly note: string;
  readonly models: readonly ModelHabit[];
  /** Spends of one model on one day, and the hours (UTC) they fall into. */
  readonly moments: number;
  readonly hours: readonly [number, number];
  readonly cachedShare: number;
  readonly limitReset?: LimitReset;
  readonly deletedAfter?: number;
  readonly activity: (day: number, span: number, weekday: number, chance: number) => number;
}

const weekend = (weekday: number): boolean => weekday === 0 || weekday === 6;

export const CHARACTERS: readonly Character[] = [
  {
    name: "production-api",
    note: "grows over the year, quieter at weekends",
    moments: 96,
    hours: [0, 24],
    cachedShare: 0.35,
    activity: (day, span, weekday) => (0.35 + (0.65 * day) / span) * (weekend(weekday) ? 0.55 : 1),
    models: [
      { model: "anthropic/claude-sonnet-4.5", requests: 320, prompt: 2600, completion: 420 },
      { model: "openai/gpt-4.1-mini-2025-04-14", requests: 1500, prompt: 900, completion: 160, to: 0.62 },
      { model: "openai/gpt-5-mini-2025-08-07", requests: 1700, prompt: 1000, completion: 240, from: 0.55 },
      { model: "google/gemini-2.5-flash", requests: 2400, prompt: 700, completion: 110 },
      { model: "mistralai/mistral-small-3.2-24b-instruct-2506", requests: 900, prompt: 400, completion: 60, from: 0.3 },
    ],
  },
  {
    name: "nightly-batch",
    note: "works between 01:00 and 04:00 UTC, Monday to Saturday",
    moments: 24,
    hours: [1, 4],
    cachedShare: 0.1,
    activity: (_day, _span, weekday) => (weekday === 0 ? 0 : 1),
    models: [
      { model: "deepseek/deepseek-chat-v3.1", requests: 2200, prompt: 1800, completion: 300 },
      { model: "qwen/qwen3-235b-a22b-07-25", requests: 1300, prompt: 2200, completion: 260, from: 0.2 },
      { model: "anthropic/claude-haiku-4.5", requests: 260, prompt: 1500, completion: 220, byok: true },
    ],
  },
  {
    name: "dev-laptop",
    note: "office hours, one day in four nothing",
    moments: 14,
    hours: [8, 19],
    cachedShare: 0.5,
    activity: (_day, _span, weekday, chance) => (weekend(weekday) || chance < 0.25 ? 0 : 0.4 + chance),
    models: [
      { model: "anthropic/claude-sonnet-4.5", requests: 55, prompt: 9000, completion: 700 },
      { model: "qwen/qwen3-coder", requests: 70, prompt: 7000, completion: 600, from: 0.15 },
      { model: "deepseek/deepseek-r1-0528:free", requests: 22, prompt: 1200, completion: 900 },
      { model: "meta-llama/llama-3.3-70b-instruct:free", requests: 15, prompt: 600, completion: 250 },
    ],
  },
  {
    name: "old-prototype",
    note: "forgotten: unused for months, never switched off",
    moments: 6,
    hours: [9, 23],
    cachedShare: 0,
    activity: (day, span, _weekday, chance) => (day > span * 0.55 || chance < 0.4 ? 0 : chance),
    models: [{ model: "openai/gpt-4.1-mini-2025-04-14", requests: 60, prompt: 1100, completion: 300 }],
  },
  {
    name: "agent-experiments",
    note: "seldom used, but now and then it runs away",
    moments: 40,
    hours: [6, 23],
    cachedShare: 0.6,
    activity: (day, span, _weekday, chance) => {
      if (day % Math.max(7, Math.floor(span * 0.4)) === Math.max(5, Math.floor(span * 0.34))) return 40;
      return chance < 0.6 ? 0 : chance;
    },
    models: [
      { model: "openai/gpt-5-2025-08-07", requests: 35, prompt: 14_000, completion: 1100 },
      { model: "z-ai/glm-4.6", requests: 45, prompt: 11_000, completion: 800, from: 0.4 },
      { model: "moonshotai/kimi-k2-0905", requests: 30, prompt: 9000, completion: 700, from: 0.25 },
    ],
  },
  {
    name: "support-bot",
    note: "monthly limit nearly reached",
    moments: 48,
    hours: [5, 22],
    cachedShare: 0.2,
    limitReset: "monthly",
    activity: (_day, _span, weekday) => (weekend(weekday) ? 0.8 : 1),
    models: [
      { model: "google/gemini-2.5-pro", requests: 110, prompt: 3200, completion: 380 },
      { model: "google/gemini-2.5-flash", requests: 300, prompt: 900, completion: 140 },
    ],
  },
];

/** A deleted key. Its spend is still part of the account's totals. */
export const DELETED: Character = {
  name: "ci-evals",
  note: "deleted",
  moments: 10,
  hours: [10, 18],
  cachedShare: 0,
  deletedAfter: 0.75,
  activity: (day, span, weekday) => (day < span * 0.3 || day > span * 0.75 || weekend(weekday) ? 0 : 1),
  models: [{ model: "openai/gpt-5-mini-2025-08-07", requests: 500, prompt: 700, completion: 300 }],
};

/** Another one, of accounts with several workspaces. */
export const DELETED_AGENT: Character = {
  name: "research-agent",
  note: "deleted",
  moments: 8,
  hours: [7, 21],
  cachedShare: 0.3,
  deletedAfter: 0.95,
  activity: (day, span, weekday, chance) => (day < span * 0.5 || day > span * 0.95 || weekend(weekday) ? 0 : chance),
  models: [{ model: "anthropic/claude-haiku-4.5", requests: 90, prompt: 1800, completion: 350 }],
};

export const CHATROOM: Character = {
  name: "Chatroom",
  note: "belongs to no key",
  moments: 3,
  hours: [18, 22],
  cachedShare: 0,
  activity: (_day, _span, _weekday, chance) => (chance < 0.8 ? 0 : 1),
  models: [{ model: "anthropic/claude-sonnet-4.5", requests: 6, prompt: 1500, completion: 600 }],
};

/** Any number of further keys, each slightly different. */
export function teamCharacter(number: number): Character {
  return {
    name: `team-${number}`,
    note: "one of many teams",
    moments: 12,
    hours: [6, 20],
    cachedShare: (number % 5) / 10,
    activity: (_day, _span, weekday, chance) => (weekend(weekday) ? 0.2 : 0.5 + chance),
    models: [
      { model: "openai/gpt-5-mini-2025-08-07", requests: 60 + 7 * number, prompt: 1300, completion: 260 },
      { model: "google/gemini-2.5-flash", requests: 90 + 5 * number, prompt: 800, completion: 150 },
      { model: "deepseek/deepseek-chat-v3.1", requests: 40 + 3 * number, prompt: 2100, completion: 330 },
    ],
  };
}
