import { Link } from "@tanstack/react-router";
import { text } from "../lib/text.ts";
import { buttonLook } from "./ui/button.tsx";
import { Logo } from "./ui/logo.tsx";

/** Where there is no frame around it. */
export function NotFoundScreen() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}

/** Inside the frame of the pages. */
export function NotFoundPage() {
  return (
    <div className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
      <title>{`${text.notFound.title} · ${text.app.name}`}</title>
      <Logo className="size-10" />
      <h1 className="text-title font-semibold">{text.notFound.title}</h1>
      <p className="text-muted">{text.notFound.body}</p>
      <Link to="/dashboard" className={buttonLook("primary")}>
        {text.errors.home}
      </Link>
    </div>
  );
}
