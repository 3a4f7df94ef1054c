import { useEffect, useState } from "react";

const read = () => new URLSearchParams(window.location.hash.slice(1)).get("token");

/**
 * The token of a link in an email, from the fragment of the address; `null` if there is none. Removed from the address, so that it is in
 * no history and cannot be copied along. Another link opened in the same tab changes only the fragment.
 */
export function useLinkToken(): string | null {
  const [token, setToken] = useState(read);
  useEffect(() => {
    const take = () => {
      const found = read();
      if (found === null) return;
      setToken(found);
      window.history.replaceState(window.history.state, "", window.location.pathname);
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return token;
}
