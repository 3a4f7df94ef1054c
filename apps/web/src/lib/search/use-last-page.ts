import { useEffect, useEffectEvent } from "react";

/** The last page that `total` rows fill; the first where there are none. */
export const lastPage = ({ size, total }: { size: number; total: number }): number =>
  Math.max(1, Math.ceil(total / size));

interface Place {
  page: number;
  size: number;
  /** `undefined` as long as it is not known. */
  total: number | undefined;
  go: (page: number) => void;
}

/** Goes to the last page there is from one beyond it: its rows are gone, or the address is wrong. */
export function useLastPage({ page, size, total, go }: Place) {
  const last = total === undefined ? page : lastPage({ size, total });
  const leave = useEffectEvent(go);
  useEffect(() => {
    if (page > last) leave(last);
  }, [page, last]);
}
