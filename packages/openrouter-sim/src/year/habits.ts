import { randomFrom } from "../ledger/identity.ts";
import { DAY_MS } from "../ledger/time.ts";
import type { SpendInput } from "../ledger/types.ts";
import { catalogModel } from "./catalog.ts";
import type { Character, ModelHabit } from "./characters.ts";

export interface LifeFrame {
  readonly seed: string;
  readonly startDay: number;
  readonly span: number;
}

interface DayPlan {
  readonly requests: number;
  readonly prompt: number;
  readonly completion: number;
}

const HOUR_MS = 3_600_000;

/**
 * What a key does with a model on a day is a pure function of seed and date, and a day's moments add up to the day
 * exactly: a restarted demo shows the same past.
 */
export function planOf(frame: LifeFrame, character: Character, habit: ModelHabit, day: number): DayPlan | null {
  const index = day - frame.startDay;
  const part = index / frame.span;
  if (index < 0 || part < (habit.from ?? 0) || part > (habit.to ?? Number.POSITIVE_INFINITY)) return null;
  const weekday = new Date(day * DAY_MS).getUTCDay();
  const mood = randomFrom(`${frame.seed}:${character.name}:${day}`)();
  const random = randomFrom(`${frame.seed}:${character.name}:${habit.model}:${day}`);
  const activity = character.activity(index, frame.span, weekday, mood);
  const requests = Math.round(habit.requests * activity * (0.8 + 0.4 * random()));
  if (requests <= 0) return null;
  return {
    requests,
    prompt: Math.round(requests * habit.prompt * (0.8 + 0.4 * random())),
    completion: Math.round(requests * habit.completion * (0.8 + 0.4 * random())),
  };
}

export function wholeDay(character: Character, habit: ModelHabit, plan: DayPlan): SpendInput {
  return piece(character, habit, plan, 0, 1, 1);
}

/** The day cut into moments, in order of time. */
export function* momentsOf(
  frame: LifeFrame,
  character: Character,
  habit: ModelHabit,
  day: number,
  plan: DayPlan,
): Generator<[number, SpendInput]> {
  const random = randomFrom(`${frame.seed}:${character.name}:${habit.model}:${day}:moments`);
  const count = Math.min(character.moments, plan.requests);
  const [firstHour, lastHour] = character.hours;
  const step = ((lastHour - firstHour) * HOUR_MS) / count;
  for (let i = 0; i < count; i++) {
    const at = day * DAY_MS + firstHour * HOUR_MS + Math.floor((i + random()) * step);
    yield [at, piece(character, habit, plan, i, i + 1, count)];
  }
}

function piece(
  character: Character,
  habit: ModelHabit,
  plan: DayPlan,
  from: number,
  to: number,
  count: number,
): SpendInput {
  const share = (whole: number): number => Math.floor((whole * to) / count) - Math.floor((whole * from) / count);
  const model = catalogModel(habit.model);
  const promptTokens = share(plan.prompt);
  const completionTokens = share(plan.completion);
  const cachedTokens = share(Math.floor(plan.prompt * character.cachedShare));
  const nanos = BigInt(
    (promptTokens - cachedTokens) * model.prompt + cachedTokens * model.cached + completionTokens * model.completion,
  );
  return {
    costNanos: habit.byok ? 0n : nanos,
    byokNanos: habit.byok ? nanos : 0n,
    requests: share(plan.requests),
    promptTokens,
    completionTokens,
    cachedTokens,
    upstreamNanos: nanos,
    cacheNanos: BigInt(cachedTokens * (model.cached - model.prompt)),
    reasoningTokens: model.reasons ? share(Math.floor(plan.completion * 0.4)) : 0,
    provider: model.provider,
  };
}
