import { Link } from "wouter";
import { useMessages } from "../shared/state/language.ts";

export function Footer() {
  const words = useMessages();
  return (
    <footer className="footer">
      <div className="footer__inner">
        <p>
          {words.footer.about} {words.footer.drawings}
        </p>
        <nav>
          <Link href="/profile">{words.profile.title}</Link>
          <Link href="/personalisation">{words.footer.privacy}</Link>
          <a href="/docs">{words.footer.api}</a>
        </nav>
      </div>
    </footer>
  );
}
