import { previousPeriod } from "../period.ts";
import {
  listOwnKeys,
  type Reading,
  type SelectedKey,
  type Selection,
  type Source,
  select,
  sourceOf,
  vendorOfModel,
} from "../selection.ts";
import { COLLECTED_DIMENSIONS, type CollectedDimension, type ExploreInput } from "./schema.ts";

interface Narrowed {
  selection: Selection;
  keys: SelectedKey[];
  source: Source;
}

/** A filter of values: whether a value passes. */
const passes =
  <T>(only: readonly T[] | undefined, without: readonly T[] | undefined) =>
  (value: T | null): boolean =>
    (!only || (value !== null && only.includes(value))) && !(value !== null && without?.includes(value));

/** Resolves the filters of vendors, workspaces and accounts into those of models and keys, so that the queries do not need them. */
export function narrow(app: Reading, found: Narrowed, input: ExploreInput): Narrowed {
  const { keys, ...rest } = narrowKeys(app, found, input);
  return { ...rest, keys, selection: { ...rest.selection, models: narrowModels(app, rest.selection, input) } };
}

function narrowKeys(app: Reading, found: Narrowed, input: ExploreInput): Narrowed {
  const { account_id, exclude_account_id, workspace, exclude_workspace } = input;
  if (!account_id && !exclude_account_id && !workspace && !exclude_workspace) return found;
  const { teamId } = found.selection;
  const workspaces = new Map(
    select<[bigint, string | null]>(
      app,
      "SELECT id, workspace_name FROM api_keys WHERE team_id = :teamId",
      { teamId },
      "arrays",
    ).map(([id, name]) => [Number(id), name]),
  );
  const isOfAccount = passes(account_id, exclude_account_id);
  const isOfWorkspace = passes(workspace, exclude_workspace);
  const keys = found.keys.filter(
    ({ id, accountId }) => isOfAccount(accountId) && isOfWorkspace(workspaces.get(id) ?? null),
  );
  return {
    keys,
    selection: { ...found.selection, keyIds: keys.map(({ id }) => id) },
    source: sourceOf(keys.length, listOwnKeys(app, teamId).length),
  };
}

function narrowModels(app: Reading, { teamId, period, models }: Selection, input: ExploreInput): string[] | null {
  const { vendor, exclude_vendor } = input;
  if (!vendor && !exclude_vendor) return models;
  const isOfVendor = passes(vendor, exclude_vendor);
  const used = select<{ model: string }>(
    app,
    "SELECT DISTINCT model FROM usage_models WHERE team_id = :teamId AND date BETWEEN :from AND :through",
    { teamId, from: previousPeriod(period).from, through: period.through },
  ).map(({ model }) => model);
  return used.filter((model) => (models?.includes(model) ?? true) && isOfVendor(vendorOfModel(model)));
}

/** Collected dimensions that are filtered by. */
export const filteredDimensions = (input: Partial<ExploreInput>): CollectedDimension[] =>
  COLLECTED_DIMENSIONS.filter((name) => input[name] || input[`exclude_${name}`]);

/** Whether a value of a collected dimension is selected, and whether usage of which it is unknown is. */
export const selectedValues = (input: ExploreInput, dimension: CollectedDimension) => ({
  has: passes(input[dimension], input[`exclude_${dimension}`]),
  hasUnknown: input[dimension] === undefined,
});
