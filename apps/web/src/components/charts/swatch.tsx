/** The colour of a series. */
export function Swatch({ colour }: { colour: string }) {
  return (
    <span
      aria-hidden
      className="paint inline-block size-2.5 shrink-0 rounded-[3px]"
      style={{ backgroundColor: colour }}
    />
  );
}
