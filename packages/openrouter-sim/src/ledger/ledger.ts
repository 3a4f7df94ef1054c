import { traitsOf } from "../year/cell-traits.ts";
import { accumulate, amountsOf, noAmounts } from "./amounts.ts";
import { maskOf, randomSeedText, secretFrom, sha256Hex, uuidFrom } from "./identity.ts";
import { type Cell, SpendBook } from "./spend-book.ts";
import { dayNumber, dayText, requireDay } from "./time.ts";
import type {
  Account,
  Amounts,
  CellTraits,
  Counters,
  DayModelTotals,
  KeyInput,
  KeyKind,
  KeyPatch,
  KeyRef,
  LedgerKey,
  RestateChange,
  RestateOptions,
  SpendInput,
  TotalsQuery,
  Workspace,
} from "./types.ts";

/** Times of spends are kept for this long. Older days only keep sums. */
const KEEP_EVENTS_DAYS = 3;

interface LedgerOptions {
  /** Ids and secrets derive from it; without one they are random. */
  seed?: string | number;
  now?: () => number;
}

/** All spend of the simulator. The server's responses are views of it, and tests compare with it. */
export class Ledger {
  readonly #seed: string;
  readonly #now: () => number;
  readonly #accounts = new Map<string, Account>();
  readonly #workspaces = new Map<string, Workspace>();
  readonly #keys = new Map<string, LedgerKey>();
  readonly #books = new Map<string, SpendBook>();
  #foldedBefore = Number.NEGATIVE_INFINITY;

  constructor(options: LedgerOptions = {}) {
    this.#seed = options.seed === undefined ? randomSeedText() : String(options.seed);
    this.#now = options.now ?? Date.now;
  }

  addAccount(input: { id?: string; creditsNanos?: bigint; organizationId?: string | null } = {}): Account {
    const id = input.id ?? `acct-${this.#accounts.size + 1}`;
    if (this.#accounts.has(id)) throw new Error(`Account ${id} exists already`);
    const account: Account = {
      id,
      userId: `user_${sha256Hex(`${this.#seed}:${id}`).slice(0, 27)}`,
      organizationId: input.organizationId ?? null,
      defaultWorkspaceId: uuidFrom(`${this.#seed}:${id}:default`),
      creditsNanos: input.creditsNanos ?? 0n,
      otherUsedNanos: 0n,
    };
    this.#accounts.set(id, account);
    this.#putWorkspace(account.defaultWorkspaceId, id, "Default Workspace", "default");
    return account;
  }

  addCredits(accountId: string, nanos: bigint): void {
    this.account(accountId).creditsNanos += nanos;
  }

  /** Credits used without a key, such as a fee; negative for a correction. Only `/credits` includes them. */
  useCredits(accountId: string, nanos: bigint): void {
    this.account(accountId).otherUsedNanos += nanos;
  }

  addWorkspace(accountId: string, name: string): Workspace {
    this.account(accountId);
    const id = uuidFrom(`${this.#seed}:${accountId}:workspace:${this.#workspaces.size}`);
    return this.#putWorkspace(id, accountId, name, name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"));
  }

  addKey(accountId: string, input: KeyInput = {}): LedgerKey {
    return this.#putKey("inference", accountId, input);
  }

  addManagementKey(accountId: string, input: KeyInput = {}): LedgerKey {
    return this.#putKey("management", accountId, input);
  }

  /** The account's chatroom, which spends without a key and is in no list. */
  chatroom(accountId: string): LedgerKey {
    const known = this.keysOf(accountId).find((key) => key.kind === "chatroom");
    return known ?? this.#putKey("chatroom", accountId, { name: "Chatroom" });
  }

  updateKey(ref: KeyRef, patch: KeyPatch): LedgerKey {
    const key = this.key(ref);
    if (patch.workspaceId !== undefined) this.#requireWorkspace(patch.workspaceId, key.accountId);
    Object.assign(key, patch, { updatedAt: new Date(this.#now()) });
    return key;
  }

  deleteKey(ref: KeyRef): void {
    this.updateKey(ref, { deleted: true });
  }

  /** Restores a deleted key with all its counters. */
  restoreKey(ref: KeyRef): void {
    this.updateKey(ref, { deleted: false });
  }

  account(id: string): Account {
    const account = this.#accounts.get(id);
    if (!account) throw new Error(`No account ${id}`);
    return account;
  }

  key(ref: KeyRef): LedgerKey {
    const key = this.findKey(typeof ref === "string" ? ref : ref.hash);
    if (!key) throw new Error("No such key in the ledger (its sha256 hex is expected)");
    return key;
  }

  findKey(hash: string): LedgerKey | undefined {
    return this.#keys.get(hash);
  }

  keysOf(accountId: string): LedgerKey[] {
    return [...this.#keys.values()].filter((key) => key.accountId === accountId);
  }

  workspacesOf(accountId: string): Workspace[] {
    return [...this.#workspaces.values()].filter((workspace) => workspace.accountId === accountId);
  }

  spend(at: Date, ref: KeyRef, model: string, input: SpendInput): void {
    const atMs = at.getTime();
    if (Number.isNaN(atMs)) throw new Error("A spend needs an instant");
    this.#book(dayNumber(atMs), atMs, ref, model, input);
  }

  /** Adds spend for a whole day, for bulk loading. It has no time, so it is not affected by lags. */
  spendOnDay(day: string, ref: KeyRef, model: string, input: SpendInput): void {
    this.#book(requireDay(day), null, ref, model, input);
  }

  /** Corrects a past day. */
  restate(ref: KeyRef, day: string, model: string, change: RestateChange, options: RestateOptions = {}): void {
    const book = this.#bookOf(ref);
    const number = requireDay(day);
    const main = book.mainCell(number, model);
    const defaults = traitsOf(this.key(ref), model, main ?? { provider: "Unknown" });
    let costDelta = change.deltaNanos ?? 0n;
    if (change.replaceWith) {
      const removed = book.removeModel(number, model);
      costDelta = change.replaceWith.costNanos - removed.costNanos;
      const traits = traitsOf(this.key(ref), model, { ...defaults, ...change.replaceWith });
      book.add(number, null, traits, amountsOf(change.replaceWith));
    } else {
      book.add(number, null, defaults, {
        ...noAmounts(),
        costNanos: costDelta,
        byokNanos: change.byokDeltaNanos ?? 0n,
        requests: change.requestsDelta ?? 0,
        promptTokens: change.promptTokensDelta ?? 0,
        completionTokens: change.completionTokensDelta ?? 0,
      });
    }
    if (options.countersFollow === false) book.offsetCounters(number, -costDelta);
  }

  totals(query: TotalsQuery): Amounts {
    const sum = noAmounts();
    const keys = query.keyHash ? [this.key(query.keyHash)] : query.accountId ? this.keysOf(query.accountId) : [];
    for (const key of keys) {
      for (const [, cell] of this.cells(key, query.from, query.to)) {
        const isWanted = query.model === undefined || cell.model === query.model;
        if (isWanted && hasTraits(cell, query.traits ?? {})) accumulate(sum, cell);
      }
    }
    return sum;
  }

  /** Every day and model of the key, oldest first, then by model. */
  byDayModel(keyHash: string, range: { from?: string; to?: string } = {}): DayModelTotals[] {
    const rows = new Map<string, DayModelTotals>();
    for (const [day, cell] of this.cells(keyHash, range.from, range.to)) {
      const id = `${day}\n${cell.model}`;
      let row = rows.get(id);
      if (!row) {
        row = { day: dayText(day), model: cell.model, ...noAmounts() };
        rows.set(id, row);
      }
      accumulate(row, cell);
    }
    return [...rows.values()].sort((a, b) => compare(a.day, b.day) || compare(a.model, b.model));
  }

  cells(ref: KeyRef, from?: string | number, to?: string | number, asOfMs?: number): Generator<[number, Cell]> {
    const first = typeof from === "string" ? requireDay(from) : (from ?? Number.NEGATIVE_INFINITY);
    const last = typeof to === "string" ? requireDay(to) : (to ?? Number.POSITIVE_INFINITY);
    return this.#bookOf(ref).cells(first, last, asOfMs);
  }

  /** The counters with no lag at all. */
  counterAt(ref: KeyRef, instant: Date | number): Counters {
    return this.#bookOf(ref).counterAt(typeof instant === "number" ? instant : instant.getTime());
  }

  #book(day: number, atMs: number | null, ref: KeyRef, model: string, input: SpendInput): void {
    const keepFrom = dayNumber(this.#now()) - KEEP_EVENTS_DAYS;
    if (keepFrom > this.#foldedBefore) {
      for (const book of this.#books.values()) book.fold(keepFrom);
      this.#foldedBefore = keepFrom;
    }
    const hour = input.hour ?? (atMs === null ? undefined : new Date(atMs).getUTCHours());
    const traits = traitsOf(this.key(ref), model, hour === undefined ? input : { ...input, hour });
    this.#bookOf(ref).add(day, day < keepFrom ? null : atMs, traits, amountsOf(input));
  }

  #bookOf(ref: KeyRef): SpendBook {
    return this.#books.get(this.key(ref).hash)!;
  }

  #putWorkspace(id: string, accountId: string, name: string, slug: string): Workspace {
    const workspace: Workspace = { id, accountId, name, slug, createdAt: new Date(this.#now()) };
    this.#workspaces.set(id, workspace);
    return workspace;
  }

  #requireWorkspace(id: string, accountId: string): void {
    if (this.#workspaces.get(id)?.accountId !== accountId) throw new Error("No such workspace in the account");
  }

  #putKey(kind: KeyKind, accountId: string, input: KeyInput): LedgerKey {
    const account = this.account(accountId);
    const secret = input.secret ?? secretFrom(`${this.#seed}:${accountId}:${this.#keys.size}`);
    const hash = sha256Hex(secret);
    if (this.#keys.has(hash)) throw new Error("This secret belongs to a key already");
    const workspaceId = input.workspaceId ?? account.defaultWorkspaceId;
    this.#requireWorkspace(workspaceId, accountId);
    const key: LedgerKey = {
      kind,
      secret,
      hash,
      numericId: 1000 + this.#keys.size,
      accountId,
      workspaceId,
      label: input.label ?? maskOf(secret),
      createdAt: input.createdAt ?? new Date(this.#now()),
      name: input.name ?? `${kind} key ${this.#keys.size + 1}`,
      disabled: input.disabled ?? false,
      deleted: false,
      expiresAt: input.expiresAt ?? null,
      limitNanos: input.limitNanos ?? null,
      limitReset: input.limitReset ?? null,
      includeByokInLimit: input.includeByokInLimit ?? false,
      updatedAt: null,
      member: input.member ?? account.userId,
    };
    this.#keys.set(hash, key);
    this.#books.set(hash, new SpendBook());
    return key;
  }
}

const hasTraits = (cell: Cell, traits: Partial<CellTraits>): boolean =>
  Object.entries(traits).every(([name, value]) => cell[name as keyof CellTraits] === value);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
