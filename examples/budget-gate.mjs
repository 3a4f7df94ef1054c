// Exits with 1 if more than the budget has been spent since a day, and with 2 if the spend could not be read.
import { createClient, formatMoney, isOrwatchError, parseMoney } from "@orwatch/sdk";

const [, , budget = "", since = `${new Date().toISOString().slice(0, 7)}-01`] = process.argv;

try {
  const limit = parseMoney(budget);
  const { summary, period } = await createClient().stats.get({ start_date: since });
  const spent = parseMoney(summary.cost);
  const isOver = spent > limit;
  process.stdout.write(
    `${formatMoney(spent)} of ${formatMoney(limit)} USD spent from ${period.start_date} to ${period.end_date}${isOver ? ": over budget" : ""}\n`,
  );
  process.exitCode = isOver ? 1 : 0;
} catch (error) {
  if (!isOrwatchError(error)) throw error;
  const request = error.requestId ? ` (request ${error.requestId})` : "";
  process.stderr.write(`${error.name}: ${error.message}${request}\n`);
  process.exitCode = 2;
}
