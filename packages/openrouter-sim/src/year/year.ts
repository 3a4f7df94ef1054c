import { randomFrom, secretFrom } from "../ledger/identity.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { usd } from "../ledger/money.ts";
import { DAY_MS, dayNumber, dayText } from "../ledger/time.ts";
import type { LedgerKey } from "../ledger/types.ts";
import { type LifeChange, makeChanges } from "./changes.ts";
import { CHARACTERS, CHATROOM, type Character, DELETED, DELETED_AGENT, teamCharacter } from "./characters.ts";
import { type LifeFrame, momentsOf, planOf, wholeDay } from "./habits.ts";

export interface YearOptions {
  /** Made when there is none of this id. */
  accountId?: string;
  /** The last instant that is filled. */
  until: Date;
  days?: number;
  /** First day (YYYY-MM-DD), instead of counting `days` back: history then stays the same when `until` moves on. */
  start?: string;
  /** Inference keys that are alive. */
  keys?: number;
  /** Workspaces the keys are spread over, the default one included. */
  workspaces?: number;
  seed?: string | number;
}

export interface LifeKey {
  readonly name: string;
  readonly note: string;
  readonly secret: string;
  readonly hash: string;
}

export interface Life {
  readonly accountId: string;
  readonly managementSecret: string;
  /** The keys that are alive. */
  readonly keys: readonly LifeKey[];
  /** Changes of keys in an account with several workspaces, oldest first. */
  readonly changes: readonly LifeChange[];
  /** Adds the spends from the last time up to this one. Returns their number. */
  spendUntil(instant: Date): number;
}

interface Being {
  readonly character: Character;
  readonly key: LedgerKey;
}

const WORKSPACES = ["Research", "Production", "Customer support", "Internal tools", "Sandbox"];

/** The days for which the ledger keeps times. */
const DAYS_IN_DETAIL = 4;

export function fillBelievableYear(ledger: Ledger, options: YearOptions): Life {
  const { accountId = "believable", until, days = 365, keys = 6, workspaces = 1, seed = 1 } = options;
  const today = dayNumber(until);
  const startDay = options.start ? dayNumber(new Date(`${options.start}T00:00:00Z`)) : today - days + 1;
  const frame: LifeFrame = { seed: String(seed), startDay, span: days };
  try {
    ledger.account(accountId);
  } catch {
    ledger.addAccount({ id: accountId });
  }
  const spaces = [ledger.account(accountId).defaultWorkspaceId];
  for (const name of WORKSPACES.slice(0, workspaces - 1)) spaces.push(ledger.addWorkspace(accountId, name).id);
  const createdAt = new Date(startDay * DAY_MS);
  const management = ledger.addManagementKey(accountId, {
    name: "orwatch",
    secret: secretFrom(`life:${seed}:management`),
    createdAt,
  });
  const alive = Array.from({ length: keys }, (_, i) => CHARACTERS[i] ?? teamCharacter(i + 1)).map((character, i) => {
    const being = born(ledger, accountId, frame, { character, workspaceId: spaces[i % spaces.length] });
    // Names are not unique: each workspace has a key called so.
    if (spaces.length > 1 && i >= CHARACTERS.length && i < CHARACTERS.length + spaces.length)
      ledger.updateKey(being.key, { name: "ci" });
    return being;
  });
  const gone = (spaces.length > 1 ? [DELETED, DELETED_AGENT] : [DELETED]).map((character, index) =>
    born(ledger, accountId, frame, { character, workspaceId: spaces[index] }),
  );
  const beings = [...alive, ...gone, { character: CHATROOM, key: ledger.chatroom(accountId) }];

  const detailFrom = Math.max(startDay, today - DAYS_IN_DETAIL);
  for (const being of beings) {
    for (let day = startDay; day < detailFrom; day++) spendWholeDay(ledger, frame, being, day);
  }
  let bookedMs = detailFrom * DAY_MS - 1;
  const spendUntil = (instant: Date): number => {
    const count = spendMoments(ledger, frame, beings, bookedMs, instant.getTime());
    bookedMs = Math.max(bookedMs, instant.getTime());
    topUp(ledger, accountId, instant);
    return count;
  };
  spendUntil(until);
  setLimits(ledger, alive, until);
  for (const { character, key } of gone)
    if (today - startDay > days * (character.deletedAfter ?? 1)) ledger.deleteKey(key);

  const keysOf = (list: readonly Being[]) => list.map(({ key }) => key);
  const changes = spaces.length > 1 ? makeChanges(ledger, { alive: keysOf(alive), gone: keysOf(gone), until }) : [];

  return {
    accountId,
    changes,
    managementSecret: management.secret,
    keys: alive.map(({ character, key }) => ({
      name: key.name,
      note: character.note,
      secret: key.secret,
      hash: key.hash,
    })),
    spendUntil,
  };
}

/** Keeps spending with the clock until the returned function is called. */
export function continueLife(life: Life, now: () => Date, everyMs = 5000): () => void {
  const timer = setInterval(() => life.spendUntil(now()), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function born(
  ledger: Ledger,
  accountId: string,
  frame: LifeFrame,
  { character, workspaceId }: { character: Character; workspaceId?: string | undefined },
): Being {
  const offset = Math.floor(randomFrom(`${frame.seed}:${character.name}:born`)() * DAY_MS);
  const key = ledger.addKey(accountId, {
    name: character.name,
    secret: secretFrom(`life:${frame.seed}:${character.name}`),
    createdAt: new Date(frame.startDay * DAY_MS - DAY_MS + offset),
    ...(workspaceId === undefined ? {} : { workspaceId }),
  });
  return { character, key };
}

function spendWholeDay(ledger: Ledger, frame: LifeFrame, being: Being, day: number): void {
  for (const habit of being.character.models) {
    const plan = planOf(frame, being.character, habit, day);
    if (plan) ledger.spendOnDay(dayText(day), being.key, habit.model, wholeDay(being.character, habit, plan));
  }
}

function spendMoments(
  ledger: Ledger,
  frame: LifeFrame,
  beings: readonly Being[],
  afterMs: number,
  untilMs: number,
): number {
  let count = 0;
  for (const { character, key } of beings) {
    for (let day = dayNumber(afterMs + 1); day <= dayNumber(untilMs); day++) {
      for (const habit of character.models) {
        const plan = planOf(frame, character, habit, day);
        if (!plan) continue;
        for (const [atMs, input] of momentsOf(frame, character, habit, day, plan)) {
          if (atMs <= afterMs || atMs > untilMs) continue;
          ledger.spend(new Date(atMs), key, habit.model, input);
          count++;
        }
      }
    }
  }
  return count;
}

function setLimits(ledger: Ledger, beings: readonly Being[], until: Date): void {
  for (const { character, key } of beings) {
    if (!character.limitReset) continue;
    const spent = ledger.counterAt(key, until)[character.limitReset];
    const dollars = (spent * 107n) / 100n / usd("1") + 1n;
    ledger.updateKey(key, { limitReset: character.limitReset, limitNanos: dollars * usd("1") });
  }
}

/** Buys $100 whenever less than $25 would be left. */
function topUp(ledger: Ledger, accountId: string, at: Date): void {
  let spent = 0n;
  for (const key of ledger.keysOf(accountId)) spent += ledger.counterAt(key, at).usage;
  while (ledger.account(accountId).creditsNanos - spent < usd("25")) ledger.addCredits(accountId, usd("100"));
}
