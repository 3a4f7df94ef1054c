/** Lowercase, without accents. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** 1 if every typed word begins a word of the command, otherwise 0. Unlike the fuzzy match of cmdk, this keeps the order of commands. */
export function matchWords(label: string, typed: string, more: readonly string[] = []): 0 | 1 {
  const words = plain([label, ...more].join(" ")).split(/[\s:’'-]+/);
  const prefixes = plain(typed).split(/\s+/).filter(Boolean);
  return prefixes.every((prefix) => words.some((word) => word.startsWith(prefix))) ? 1 : 0;
}
