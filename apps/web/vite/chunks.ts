import type { Rolldown } from "vite";

export type Bundle = Rolldown.OutputBundle;

/** Finds the files of a bundle by the modules they are for. */
export function chunksOf(bundle: Bundle) {
  const chunks = Object.values(bundle).filter((it) => it.type === "chunk");
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));

  return {
    /** Names of the files that are loaded for a module: its own, and all that those import. */
    neededFor(isWanted: (module: string) => boolean): Set<string> {
      const found = new Set<string>();
      const add = (name: string) => {
        if (found.has(name)) return;
        found.add(name);
        for (const needed of byName.get(name)?.imports ?? []) add(needed);
      };
      for (const { fileName, facadeModuleId } of chunks) if (facadeModuleId && isWanted(facadeModuleId)) add(fileName);
      return found;
    },
    sizeOf: (name: string): number => byName.get(name)?.code.length ?? 0,
    /** Modules that a file of their own is for. */
    modules: chunks.map(({ facadeModuleId }) => facadeModuleId).filter((it) => it !== null),
  };
}
