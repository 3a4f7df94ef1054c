import { useEffect, useState } from "react";
import { accountApi } from "../../lib/api/auth-api.ts";

/** True once the server has said that it takes no new accounts; the form decides in every other case. */
export function useIsClosed(): boolean {
  const [isClosed, setClosed] = useState(false);
  useEffect(() => {
    accountApi.settings().then(
      ({ allow_registration }) => setClosed(!allow_registration),
      () => setClosed(false),
    );
  }, []);
  return isClosed;
}
