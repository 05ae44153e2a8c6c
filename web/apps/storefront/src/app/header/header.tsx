/** The frame's top: the shop's name, search, who shops, language, colours and cart. */

import { Icon, IconButton } from "@daogou/ui";
import { useState } from "react";
import { Link } from "wouter";
import { useShop } from "../../shared/api/shop.ts";
import { useCart } from "../../shared/state/cart.ts";
import { language, useLanguage, useMessages } from "../../shared/state/language.ts";
import { userId } from "../../shared/state/person.ts";
import { useStored } from "../../shared/state/stored.ts";
import { chooseTheme, useTheme } from "../../shared/state/theme.ts";
import { CartDrawer } from "../../features/cart/cart-drawer.tsx";
import { AccountDialog } from "../../features/account/account-dialog.tsx";
import { SearchBox } from "../../features/search/search-box.tsx";
import { CategoryNav } from "./category-nav.tsx";

export function Header() {
  const shop = useShop();
  const shortLanguage = useLanguage();
  const words = useMessages();
  const name = shop?.name[shortLanguage] ?? shop?.name.en ?? Object.values(shop?.name ?? {})[0] ?? "";
  return (
    <header className="header">
      <div className="header__bar">
        <Link href="/" className="header__name" aria-label={name || words.home}>
          <Mark />
          <span>{name}</span>
        </Link>
        <SearchBox />
        <div className="header__tools">
          <ProfileLink />
          <AccountButton />
          <LanguageButton />
          <ThemeButton />
          <CartButton />
        </div>
      </div>
      <CategoryNav />
    </header>
  );
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect className="mark__ground" width="32" height="32" rx="9" />
      <path className="mark__arch" d="M11 20v-6.5a5 5 0 0 1 10 0V20" />
      <path className="mark__shelf" d="M8 21.5h16" />
      <circle className="mark__item" cx="16" cy="15.5" r="2" />
    </svg>
  );
}

function ProfileLink() {
  const { profile: words } = useMessages();
  return (
    <Link href="/profile" className="tool" aria-label={words.title} title={words.title}>
      <Icon name="taste" />
      <span className="tool__text">{words.title}</span>
    </Link>
  );
}

function AccountButton() {
  const words = useMessages();
  const user = useStored(userId);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="tool"
        aria-haspopup="dialog"
        aria-label={user ? words.header.signedInAs(user) : words.header.account}
        title={user ? words.header.signedInAs(user) : words.header.account}
        onClick={() => setOpen(true)}
      >
        <Icon name="person" />
        <span className="tool__text">{user ?? words.header.account}</span>
      </button>
      {isOpen && <AccountDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function LanguageButton() {
  const words = useMessages();
  const now = useLanguage();
  return (
    <button
      type="button"
      className="tool"
      lang={now === "en" ? "zh-CN" : "en"}
      aria-label={words.header.languageLabel}
      onClick={() => language.set(now === "en" ? "zh" : "en")}
    >
      <Icon name="globe" />
      <span className="tool__text tool__text--language">{words.header.language}</span>
    </button>
  );
}

function ThemeButton() {
  const words = useMessages();
  const isDark = useTheme() === "dark";
  return (
    <IconButton
      icon={isDark ? "sun" : "moon"}
      label={isDark ? words.header.themeLight : words.header.themeDark}
      onClick={() => chooseTheme(isDark ? "light" : "dark")}
    />
  );
}

function CartButton() {
  const words = useMessages();
  const pieces = useCart().reduce((sum, line) => sum + line.quantity, 0);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <span className="cart-button">
        <IconButton icon="cart" label={words.header.cart(pieces)} aria-haspopup="dialog" onClick={() => setOpen(true)} />
        {pieces > 0 && (
          <span className="cart-button__count" aria-hidden="true">
            {pieces}
          </span>
        )}
      </span>
      {isOpen && <CartDrawer onClose={() => setOpen(false)} />}
    </>
  );
}
