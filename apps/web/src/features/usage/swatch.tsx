import { isRest } from "../../lib/palette.ts";

/** The colour of a series; hatched for one that is a rest. */
export function Swatch({ id, colour }: { id: string; colour: string }) {
  return (
    <span
      aria-hidden
      className={`paint inline-block size-2.5 shrink-0 rounded-[3px] ${isRest(id) ? "hatch" : ""}`}
      style={{ backgroundColor: colour }}
    />
  );
}
