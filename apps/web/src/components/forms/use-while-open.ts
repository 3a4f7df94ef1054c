import { useEffect, useRef } from "react";

/** `act`, as long as the dialog is there: an answer that comes late must not close the one that was opened since. */
export function useWhileOpen<A extends unknown[]>(act: (...input: A) => void): (...input: A) => void {
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  return (...input) => {
    if (isOpen.current) act(...input);
  };
}
