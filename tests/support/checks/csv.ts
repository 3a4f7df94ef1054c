/** An RFC 4180 parser that shares no code with the server. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else isQuoted = false;
    } else if (char === '"') isQuoted = true;
    else if (char === "," || char === "\n") {
      rows.at(-1)!.push(cell);
      cell = "";
      if (char === "\n") rows.push([]);
    } else if (char !== "\r" || text[i + 1] !== "\n") cell += char;
  }
  return rows.slice(0, -1);
}

/** Columns at the end of every row of usage. */
export const DETAILS = [
  "reasoning_tokens",
  "cached_tokens",
  "byok_requests",
  "upstream_cost",
  "cache_saving",
  "data_discount",
  "web_search_cost",
];

/** Nano-dollars of an amount in the API's format. */
export const nanosOf = (usd: string) => {
  const [whole = "", fraction = ""] = usd.replace("-", "").split(".");
  return (usd.startsWith("-") ? -1n : 1n) * BigInt(whole + fraction.padEnd(9, "0"));
};
