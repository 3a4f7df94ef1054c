/** The Italian article, or preposition with article, before a day, number or percentage: `il 12 dic`, `l’8 dic`, `dall’11 dic`, `dell’85%`. */
export function article(value: unknown, _locale: string, word: string | null): string {
  const before = word?.trim() || "il";
  if (!/^(8|11(?!\d))/.test(String(value))) return `${before} ${value}`;
  return before === "il" ? `l’${value}` : `${before}l’${value}`;
}
