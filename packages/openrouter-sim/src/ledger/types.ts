export type KeyKind = "inference" | "management" | "chatroom";
export type LimitReset = "daily" | "weekly" | "monthly" | null;

export interface Account {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string | null;
  readonly defaultWorkspaceId: string;
  creditsNanos: bigint;
  /** Credits used by no key and not by the chatroom: fees and corrections. */
  otherUsedNanos: bigint;
}

export interface Workspace {
  readonly id: string;
  readonly accountId: string;
  name: string;
  readonly slug: string;
  readonly createdAt: Date;
}

export interface LedgerKey {
  readonly kind: KeyKind;
  readonly secret: string;
  /** sha256 hex of the whole secret. */
  readonly hash: string;
  /** The id analytics accepts beside the hash; no endpoint shows it. */
  readonly numericId: number;
  readonly accountId: string;
  /** Changes when the key moves to another workspace of its account. */
  workspaceId: string;
  readonly label: string;
  readonly createdAt: Date;
  name: string;
  disabled: boolean;
  deleted: boolean;
  expiresAt: Date | null;
  limitNanos: bigint | null;
  limitReset: LimitReset;
  includeByokInLimit: boolean;
  updatedAt: Date | null;
  /** Who made the key, as analytics names members. */
  readonly member: string;
}

export type KeyRef = string | LedgerKey;

/** What one spend (or one cell of the ledger) is made of. Prompt includes cached, completion includes reasoning. */
export interface Amounts {
  costNanos: bigint;
  byokNanos: bigint;
  requests: number;
  byokRequests: number;
  promptTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  cachedTokens: number;
  /** Parts of the cost as OpenRouter breaks it down; discounts are negative. */
  upstreamNanos: bigint;
  cacheNanos: bigint;
  dataNanos: bigint;
  webNanos: bigint;
}

export interface SpendInput {
  costNanos: bigint;
  byokNanos?: bigint;
  /** Default: 1; 0 for server tools, which cost money without a request. */
  requests?: number;
  promptTokens?: number;
  completionTokens?: number;
  reasoningTokens?: number;
  cachedTokens?: number;
  upstreamNanos?: bigint;
  cacheNanos?: bigint;
  dataNanos?: bigint;
  webNanos?: bigint;
  provider?: string;
  app?: string;
  finishReason?: string;
  externalUser?: string;
  /** Of the day, 0 to 23. Default: the hour of the instant; of a whole day one that key and model decide. */
  hour?: number;
}

/** The properties that identify a cell within a day. */
export interface CellTraits {
  model: string;
  provider: string;
  app: string;
  finishReason: string;
  externalUser: string;
  hour: number;
}

export interface RestateChange {
  deltaNanos?: bigint;
  byokDeltaNanos?: bigint;
  requestsDelta?: number;
  promptTokensDelta?: number;
  completionTokensDelta?: number;
  /** Puts this in place of everything the model had on the day; zeros with `requests: 0` take the row away. */
  replaceWith?: SpendInput;
}

export interface RestateOptions {
  /** The counters of /key and /keys follow (default), as after a real correction, or stay as they were. */
  countersFollow?: boolean;
}

export interface DayModelTotals extends Amounts {
  day: string;
  model: string;
}

export interface Windows {
  usage: bigint;
  daily: bigint;
  weekly: bigint;
  monthly: bigint;
}

export interface Counters extends Windows {
  byok: Windows;
}

export interface KeyInput {
  name?: string;
  secret?: string;
  workspaceId?: string;
  label?: string;
  createdAt?: Date;
  disabled?: boolean;
  expiresAt?: Date | null;
  limitNanos?: bigint | null;
  limitReset?: LimitReset;
  includeByokInLimit?: boolean;
  /** Default: the owner of the account. */
  member?: string;
}

export type KeyPatch = Partial<
  Pick<
    LedgerKey,
    "name" | "disabled" | "deleted" | "expiresAt" | "limitNanos" | "limitReset" | "includeByokInLimit" | "workspaceId"
  >
>;

export interface TotalsQuery {
  keyHash?: string;
  accountId?: string;
  model?: string;
  /** Only cells with these traits. */
  traits?: Partial<CellTraits>;
  /** First and last day, both included. */
  from?: string;
  to?: string;
}
