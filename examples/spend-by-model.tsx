import { addMoney, formatMoney, isOrwatchError, type OrwatchClient } from "@orwatch/sdk";
import { useEffect, useState } from "react";

interface Props {
  /** Create it once, outside of any component. */
  client: OrwatchClient;
  /** UTC days, `YYYY-MM-DD`, inclusive. */
  from: string;
  through: string;
}

/** Cost of a date range by model, most expensive first. */
export function SpendByModel({ client, from, through }: Props) {
  const [spent, setSpent] = useState<[model: string, nanos: bigint][] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    sumByModel({ client, from, through, signal: controller.signal }).then(setSpent, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(isOrwatchError(error) ? error.message : String(error));
    });
    return () => controller.abort();
  }, [client, from, through]);

  if (problem !== null) return <p role="alert">{problem}</p>;
  if (spent === null) return <p aria-busy="true">Loading…</p>;
  return (
    <table>
      <caption>
        {from} to {through}: {formatMoney(addMoney(spent.map(([, nanos]) => nanos)), { digits: 2 })} USD
      </caption>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">USD</th>
        </tr>
      </thead>
      <tbody>
        {spent.map(([model, nanos]) => (
          <tr key={model}>
            <th scope="row">{model}</th>
            <td>{formatMoney(nanos, { digits: 2 })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

async function sumByModel({ client, from, through, signal }: Props & { signal: AbortSignal }) {
  const spent = new Map<string, bigint>();
  for await (const { model, cost } of client.usage.list({ start_date: from, end_date: through }, { signal }))
    spent.set(model, addMoney([spent.get(model) ?? 0n, cost]));
  return [...spent].sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
}
