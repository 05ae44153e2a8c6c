import { Notice } from "@daogou/ui";
import { Link } from "wouter";
import { useMessages } from "../shared/state/language.ts";

export function NotFoundPage() {
  const words = useMessages();
  return (
    <Notice
      title={words.notFound.title}
      action={
        <Link href="/" className="button button--primary">
          {words.backHome}
        </Link>
      }
    >
      {words.notFound.text}
    </Notice>
  );
}
