"use client";
import { addMoney, formatMoney, type UsagePage } from "@orwatch/sdk";

export function Spend({ page, total }: { page: UsagePage; total: string }) {
  const sum = formatMoney(addMoney(page.items.map(({ cost }) => cost)));
  return <p id="spend">{JSON.stringify({ rows: page.items.length, sum, total })}</p>;
}
