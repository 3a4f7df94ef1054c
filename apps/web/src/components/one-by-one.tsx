import { Children, type ReactNode, startTransition, useEffect, useState } from "react";

/** Places that were rendered before. */
const loaded = new Set<string>();

interface OneByOneProps {
  /** Name of this place in the app. */
  id: string;
  children: ReactNode;
  /** Shown in place of what is still to come. */
  rest?: ReactNode;
}

/**
 * Renders its children one after the other when the app has just been opened, so that the browser lays out and paints each in a task of its
 * own: in one, the dashboard would block a phone for a quarter of a second. Later visits render all at once, because the scroll position is restored.
 */
export function OneByOne({ id, children, rest }: OneByOneProps) {
  const all = Children.toArray(children);
  const [count, setCount] = useState(loaded.has(id) || document.hidden ? all.length : 1);
  const isComplete = count >= all.length;

  useEffect(() => {
    if (isComplete) {
      loaded.add(id);
      return;
    }
    // The next one is rendered after this one is painted.
    const frame = requestAnimationFrame(() => startTransition(() => setCount(count + 1)));
    return () => cancelAnimationFrame(frame);
  }, [id, count, isComplete]);

  return (
    <>
      {all.slice(0, count)}
      {!isComplete && rest}
    </>
  );
}
