import { defaultParseSearch, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { trpc } from "../../lib/api/trpc.ts";

/** The page itself is loaded first. */
const FIRST_MS = 2000;

/** Pinned views of Explore, below its entry in the wide navigation. */
export function PinnedViews() {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOn(true), FIRST_MS);
    return () => clearTimeout(timer);
  }, []);
  const pinned = trpc.views.list
    .useQuery({}, { enabled: isOn, staleTime: 300_000 })
    .data?.items.filter((view) => view.pinned);
  if (!pinned?.length) return null;
  return (
    <ul className="hidden flex-col lg:flex">
      {pinned.map(({ id, name, query }) => (
        <li key={id}>
          <Link
            to="/explore"
            search={defaultParseSearch(`?${query}`)}
            preload={false}
            activeOptions={{ exact: true, includeSearch: true }}
            title={name}
            dir="auto"
            className="block truncate rounded-control py-1.5 pr-2 pl-10 text-table text-muted no-underline hover:bg-sunken hover:text-ink data-[status=active]:text-accent"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
