import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export function UsersSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.users} />
      <div role="status" aria-label={text.values.loading} className="flex flex-col gap-2">
        <div className="skeleton h-9" />
        {["first", "second", "third"].map((row) => (
          <div key={row} className="skeleton h-14" />
        ))}
      </div>
    </PageBody>
  );
}
