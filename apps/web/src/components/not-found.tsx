import { Link } from "@tanstack/react-router";
import { text } from "../lib/text.ts";
import { buttonLook } from "./ui/button.tsx";
import { Logo } from "./ui/logo.tsx";

export function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
      <title>{`${text.notFound.title} · ${text.app.name}`}</title>
      <Logo className="size-10" />
      <h1 className="text-title font-semibold">{text.notFound.title}</h1>
      <p className="text-muted">{text.notFound.body}</p>
      <Link to="/dashboard" className={buttonLook("primary")}>
        {text.errors.home}
      </Link>
    </main>
  );
}
