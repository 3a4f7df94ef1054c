import type { ResidualKind } from "../../usage/residuals/residual-split.ts";
import { type Reading, type SelectedKey, select, vendorOfModel } from "../selection.ts";
import type { SumName } from "./metrics.ts";
import type { ExploreOutput, GroupDimension } from "./schema.ts";
import { Series } from "./series.ts";
import type { Columns, StoredUsage } from "./stored-rows.ts";

type GroupKey = ExploreOutput["groups"][number]["key"];

/** Usage with the same values of the dimensions. */
export interface Group {
  key: GroupKey;
  /** What its usage is of. */
  places: Place[];
  /** By the intervals of the answer. */
  series: Series;
}

/** What a row of usage is grouped by. */
export interface Place {
  /** Of usage that is grouped by vendor its vendor; empty if it is grouped by neither. */
  model: string;
  keyId: number | null;
  /** Of a collected dimension; `null` for stored usage. */
  value: string | null;
}

export interface Grouper {
  /** What has to be read of stored usage. */
  columns: Pick<Columns, "model" | "isByKey">;
  groups: Iterable<Group>;
  /** Key of usage of which the collected dimension is unknown. */
  keyOfUnknown: GroupKey;
  /** The group of a row, made the first time. */
  groupOf(place: Place): Group;
  groupOfStored(usage: StoredUsage): Group;
}

interface KeyDetails {
  name: string;
  residual: ResidualKind | null;
  accountId: number | null;
  workspace: string | null;
}

const BY_KEY: readonly GroupDimension[] = ["key", "workspace", "account"];

export function openGrouper(
  app: Reading,
  {
    teamId,
    keys,
    dimensions,
    sums,
  }: { teamId: number; keys: SelectedKey[]; dimensions: readonly GroupDimension[]; sums: readonly SumName[] },
): Grouper {
  const isByKey = dimensions.some((name) => BY_KEY.includes(name));
  const model = dimensions.includes("model") ? "model" : dimensions.includes("vendor") ? "vendor" : "none";
  const details = isByKey ? describeKeys(app, { teamId, keys }) : new Map<number, KeyDetails>();
  const groups = new Map<string, Group>();
  /** By the text of a place: an answer is made of many more rows than groups. */
  const byPlace = new Map<string, Group>();

  function groupOf(place: Place): Group {
    const { keyId, value, model } = place;
    const text = value === null ? `${keyId} ${model}` : JSON.stringify([keyId, value, model]);
    let group = byPlace.get(text);
    if (!group) {
      group = findGroup(place);
      byPlace.set(text, group);
      group.places.push({ model, keyId, value });
    }
    return group;
  }

  function findGroup(place: Place): Group {
    const parts = dimensions.map((dimension) => partOf(dimension, place, details));
    const name = JSON.stringify(parts);
    let group = groups.get(name);
    if (!group) {
      group = { key: Object.assign({}, ...parts), places: [], series: new Series(sums) };
      groups.set(name, group);
    }
    return group;
  }
  return {
    columns: { model, isByKey },
    groups: { [Symbol.iterator]: () => groups.values() },
    keyOfUnknown: Object.assign({}, ...dimensions.map((dimension) => UNKNOWN_PART[dimension])),
    groupOf,
    groupOfStored: ({ keyId, model }) => groupOf({ keyId, model, value: null }),
  };
}

function describeKeys(
  app: Reading,
  { teamId, keys }: { teamId: number; keys: SelectedKey[] },
): Map<number, KeyDetails> {
  const workspaces = new Map(
    select<[bigint, string | null]>(
      app,
      "SELECT id, workspace_name FROM api_keys WHERE team_id = :teamId",
      { teamId },
      "arrays",
    ).map(([id, name]) => [Number(id), name]),
  );
  return new Map(
    keys.map(({ id, name, residual, accountId }) => [
      id,
      { name, residual, accountId, workspace: workspaces.get(id) ?? null },
    ]),
  );
}

const NO_KEY = { api_key_id: null, api_key_name: null, kind: null, account_id: null };
const UNKNOWN_PART: Record<GroupDimension, GroupKey> = {
  model: { model: null },
  vendor: { vendor: null },
  key: NO_KEY,
  workspace: { workspace: null },
  account: { account_id: null },
  provider: { provider: null },
  app: { app: null },
  finish_reason: { finish_reason: null },
  end_user: { end_user: null },
};

function partOf(dimension: GroupDimension, place: Place, details: Map<number, KeyDetails>): GroupKey {
  const key = place.keyId === null ? undefined : details.get(place.keyId);
  switch (dimension) {
    case "model":
      return { model: place.model };
    case "vendor":
      return { vendor: vendorOfModel(place.model) };
    case "key":
      return {
        api_key_id: key?.residual === null ? place.keyId : null,
        api_key_name: key?.name ?? null,
        kind: key?.residual ?? null,
        account_id: key?.accountId ?? null,
      };
    case "workspace":
      return { workspace: key?.workspace ?? null };
    case "account":
      return { account_id: key?.accountId ?? null };
    default:
      return { [dimension]: place.value };
  }
}
