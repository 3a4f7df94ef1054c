import { useMemo } from "react";
import { encode } from "uqr";

/** Black on white in both themes, for cameras. Rendered locally, so that the secret is not sent anywhere. */
export function QrCode({ value, label }: { value: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(value, { ecc: "M", border: 2 });
    const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
    return { size, path };
  }, [value]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-48 rounded-control border border-line bg-[#fff]"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
