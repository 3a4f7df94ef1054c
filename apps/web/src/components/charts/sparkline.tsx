const WIDTH = 72;
const HEIGHT = 20;
const POINTS = 30;

/** At most 30 points: a longer period is shown by the means of its parts. */
function thin(values: (number | null)[]): (number | null)[] {
  const size = Math.ceil(values.length / POINTS);
  if (size === 1) return values;
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => {
    const known = values.slice(index * size, (index + 1) * size).filter((value) => value !== null);
    return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  });
}

/** Small chart of a period, without numbers. */
export function Sparkline({ values: all }: { values: (number | null)[] }) {
  const values = thin(all);
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0);
  const bottom = Math.min(...known, 0);
  if (known.length < 2 || top === bottom) return null;
  const points = values.flatMap((value, index) =>
    value === null
      ? []
      : [
          `${((index / (values.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT - 1 - ((value - bottom) / (top - bottom)) * (HEIGHT - 2)).toFixed(1)}`,
        ],
  );
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="hidden h-5 w-18 min-w-0 sm:block">
      <polyline
        points={points.join(" ")}
        fill="none"
        className="stroke-accent"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </svg>
  );
}
