/** Lower case, without accents. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those of `items` that have every typed word at the beginning of one of theirs, in their order. */
export function matching<T>(items: readonly T[], typed: string, wordsOf: (item: T) => string): T[] {
  const sought = plain(typed).split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const words = plain(wordsOf(item)).split(/[\s:’'-]+/);
    return sought.every((part) => words.some((word) => word.startsWith(part)));
  });
}
