import { randomFrom } from "../ledger/identity.ts";
import type { CellTraits, LedgerKey } from "../ledger/types.ts";

const APPS = ["Acme Chat", "Code Assistant", "Unknown"];
const FINISH_REASONS = ["stop", "stop", "stop", "length", "tool_calls"];
const EXTERNAL_USERS = 5;

interface Defaults {
  app: string;
  finishReason: string;
  externalUser: string;
  hour: number;
}

/** Cached, because a year of a thousand keys needs the same few values many times. */
const known = new Map<string, Defaults>();

function defaultsOf(keyName: string, model: string): Defaults {
  const id = `${keyName}:${model}`;
  let defaults = known.get(id);
  if (!defaults) {
    const random = randomFrom(`traits:${id}`);
    const pick = (count: number) => Math.floor(random() * count);
    defaults = {
      app: APPS[pick(APPS.length)] as string,
      finishReason: FINISH_REASONS[pick(FINISH_REASONS.length)] as string,
      externalUser: `end-user-${1 + pick(EXTERNAL_USERS)}`,
      hour: pick(24),
    };
    known.set(id, defaults);
  }
  return defaults;
}

/** Traits of a spend: as given, otherwise derived from key and model. */
export function traitsOf(key: Pick<LedgerKey, "name">, model: string, given: Partial<CellTraits>): CellTraits {
  const { app, finishReason, externalUser, hour } = defaultsOf(key.name, model);
  return {
    model,
    provider: given.provider ?? providerOf(model),
    app: given.app ?? app,
    finishReason: given.finishReason ?? finishReason,
    externalUser: given.externalUser ?? externalUser,
    hour: given.hour ?? hour,
  };
}

function providerOf(model: string): string {
  const author = model.split("/")[0] ?? model;
  return author.charAt(0).toUpperCase() + author.slice(1);
}
