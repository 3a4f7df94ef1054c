import { isRest } from "../../lib/palette.ts";

/** The colour of a model; hatched for groups that are no model. */
export function Swatch({ model, colour }: { model: string; colour: string }) {
  return (
    <span
      aria-hidden
      className={`inline-block size-2.5 shrink-0 rounded-[3px] ${isRest(model) ? "hatch" : ""}`}
      style={{ backgroundColor: colour }}
    />
  );
}
