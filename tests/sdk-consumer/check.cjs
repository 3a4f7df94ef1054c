/** Uses all of the SDK, as a program that was given nothing but ORWATCH_URL and ORWATCH_TOKEN. */
exports.check = async ({ addMoney, createClient, formatMoney, isOrwatchError }) => {
  const client = createClient({ maxRetries: 0 });
  const march = { start_date: "2026-03-01", end_date: "2026-03-20" };
  const costs = [];
  for await (const row of client.usage.list({ ...march, limit: 9 })) costs.push(row.cost);
  const { summary } = await client.stats.get(march);
  const file = await new Response(await client.usage.export({ ...march, format: "json" }).toStream()).json();
  const failure = await client.stats.get({ start_date: "never" }).catch((error) => error);
  return {
    rows: costs.length,
    sum: formatMoney(addMoney(costs)),
    total: summary.total_cost,
    exported: file.length,
    keys: (await client.keys.list()).total,
    limit: client.rateLimit?.limit,
    failure: {
      isOurs: isOrwatchError(failure),
      name: failure.name,
      hasRequestId: typeof failure.requestId === "string",
    },
  };
};
