import { type KeyboardEvent, type PointerEvent, useState } from "react";

/** Intervals that a key moves the read-out. */
const MOVES: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -7,
  PageUp: 7,
  Home: -Infinity,
  End: Infinity,
};

interface SelectionOptions {
  count: number;
  /** Width of an interval in px. */
  step: number;
  /** A range of intervals was selected: dragged over, or by Shift and arrow keys and then Enter. */
  onZoom?: ((from: number, through: number) => void) | undefined;
  /** An interval was clicked, or Enter pressed on it. */
  onOpen?: ((index: number) => void) | undefined;
  /** Shift and click, or N. */
  onAnnotate?: ((index: number) => void) | undefined;
}

/** The interval that is read out and the range that is being selected, by mouse and keyboard. A finger only reads out. */
export function useSelection({ count, step, onZoom, onOpen, onAnnotate }: SelectionOptions) {
  const [active, setActive] = useState<number | null>(null);
  /** Where the range begins that is being selected. */
  const [anchor, setAnchor] = useState<number | null>(null);
  const last = count - 1;
  const within = (index: number) => Math.max(0, Math.min(last, index));
  const at = active === null ? null : within(active);
  const range = at === null || anchor === null ? null : toRange(within(anchor), at);

  const indexOf = (event: PointerEvent<HTMLElement>) =>
    within(Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / step));

  function leave() {
    setActive(null);
    setAnchor(null);
  }

  function act(index: number) {
    if (range && range[0] < range[1]) onZoom?.(...range);
    else onOpen?.(index);
    setAnchor(null);
  }

  function steer(event: KeyboardEvent) {
    const move = MOVES[event.key];
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && at !== null) act(at);
    if (event.key.toLowerCase() === "n" && !event.ctrlKey && !event.metaKey && at !== null && onAnnotate) {
      event.preventDefault();
      onAnnotate(at);
    }
    if (move === undefined) return;
    event.preventDefault();
    if (!event.shiftKey) setAnchor(null);
    else if (onZoom && anchor === null) setAnchor(at ?? last);
    setActive(within((at ?? last) + move));
  }

  return {
    at,
    /** First and last interval of the range that is being selected. */
    range: range && range[0] < range[1] ? range : null,
    props: {
      onPointerMove: (event: PointerEvent<HTMLElement>) => setActive(indexOf(event)),
      onPointerDown(event: PointerEvent<HTMLElement>) {
        setActive(indexOf(event));
        if (event.pointerType !== "mouse" || event.button !== 0) return;
        if (onZoom) event.currentTarget.setPointerCapture(event.pointerId);
        setAnchor(indexOf(event));
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (event.pointerType !== "mouse" || anchor === null) return;
        if (!event.shiftKey || !onAnnotate) return act(indexOf(event));
        setAnchor(null);
        onAnnotate(indexOf(event));
      },
      onPointerLeave: ({ pointerType }: PointerEvent) => pointerType === "mouse" && leave(),
      onFocus: (event: { currentTarget: Element }) =>
        event.currentTarget.matches(":focus-visible") && setActive(at ?? last),
      onBlur: leave,
      onKeyDown: steer,
    },
  };
}

const toRange = (a: number, b: number): [from: number, through: number] => [Math.min(a, b), Math.max(a, b)];
