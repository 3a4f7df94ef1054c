import type { AnyMessage } from "@orwatch/messages/message";
import { useFormat, useSay } from "../lib/i18n/i18n.ts";

interface EventListProps {
  label: string;
  events: { id: number; at: string; message: AnyMessage }[];
  className?: string;
}

/** What happened at OpenRouter and when. */
export function EventList({ label, events, className = "" }: EventListProps) {
  const format = useFormat();
  const say = useSay();
  return (
    <ol aria-label={label} className={`divide-y divide-line ${className}`}>
      {events.map(({ id, at, message }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 px-4 py-2.5 text-table">
          <span className="min-w-0 break-words">{say(message)}</span>
          <time dateTime={at} className="text-muted tabular-nums">
            {format.instant(at)}
          </time>
        </li>
      ))}
    </ol>
  );
}
