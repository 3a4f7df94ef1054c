import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { type ExploreAnswer, trpc } from "../../lib/api/trpc.ts";
import type { Inputs } from "./model/question.ts";

type Name = keyof Inputs;

/** Answers to the requests of a question, which are sent together: one request of the browser. */
export function useAnswers(inputs: Inputs, isAvailable: boolean) {
  const ask = (name: Name) =>
    // biome-ignore lint/correctness/useHookAtTopLevel: called for the same names in the same order each time
    trpc.explore.get.useQuery((isAvailable && inputs[name]) || skipToken, { placeholderData: keepPreviousData });
  const queries = {
    chart: ask("chart"),
    before: ask("before"),
    rows: ask("rows"),
    pairs: ask("pairs"),
    columns: ask("columns"),
    currentRows: ask("currentRows"),
    beforeRows: ask("beforeRows"),
    currentPairs: ask("currentPairs"),
    beforePairs: ask("beforePairs"),
  };
  const all = Object.entries(queries) as [Name, (typeof queries)[Name]][];
  /** Answers to what is asked; what was asked before is not shown for what is not. */
  const answers = Object.fromEntries(all.map(([name, { data }]) => [name, inputs[name] ? data : undefined])) as Partial<
    Record<Name, ExploreAnswer>
  >;
  return {
    answers,
    isPending: queries.chart.isPending,
    isStale: all.some(([name, query]) => inputs[name] && query.isPlaceholderData),
    error: all.map(([, { error }]) => error).find((error) => error !== null) ?? null,
    refetch: () => all.map(([name, query]) => inputs[name] && query.refetch()),
  };
}
