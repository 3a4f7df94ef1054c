/** Lower case, without accents. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** 1 where every typed word begins one of a command's, else 0: unlike the letters that cmdk looks for, words keep the commands in order. */
export function matchWords(label: string, typed: string, more: readonly string[] = []): 0 | 1 {
  const words = plain([label, ...more].join(" ")).split(/[\s:’'-]+/);
  const sought = plain(typed).split(/\s+/).filter(Boolean);
  return sought.every((part) => words.some((word) => word.startsWith(part))) ? 1 : 0;
}
