/** The search field, with suggestions while one types. Arrow keys move, Enter follows, Escape closes. */

import { Icon, IconButton } from "@daogou/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState, type FormEvent, type KeyboardEvent } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { itemPage } from "../../shared/api/items.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { Price } from "../../shared/item/price.tsx";
import { itemPath, searchPath } from "../../shared/paths.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { useDelayed } from "./use-delayed.ts";

const SUGGESTIONS = 6;
const TYPING_PAUSE_MS = 180;

export function SearchBox() {
  const words = useMessages();
  const language = useLanguage();
  const [location, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get("q") ?? "";
  const [term, setTerm] = useState(asked);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const typed = useDelayed(term.trim(), TYPING_PAUSE_MS);
  const { data } = useQuery({
    ...itemPage({ q: typed, sort: "newest", limit: SUGGESTIONS }, language),
    enabled: isOpen && typed.length > 0,
    placeholderData: keepPreviousData,
  });
  const suggestions = isOpen && term.trim() !== "" ? (data?.items ?? []) : [];

  useEffect(() => {
    setTerm(location === "/search" ? asked : "");
    setOpen(false);
  }, [location, asked]);

  const search = (event: FormEvent) => {
    event.preventDefault();
    setOpen(false);
    const chosen = suggestions[active];
    if (chosen) navigate(itemPath(chosen.id));
    else if (term.trim() !== "") navigate(searchPath(term.trim()));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setOpen(false);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    setOpen(true);
    setActive((now) => Math.max(-1, Math.min(suggestions.length - 1, now + step)));
  };

  return (
    <form
      role="search"
      className="search"
      onSubmit={search}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        className="search__input"
        role="combobox"
        aria-label={words.header.search}
        aria-expanded={suggestions.length > 0}
        aria-controls={listId}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-autocomplete="list"
        placeholder={words.header.searchPlaceholder}
        autoComplete="off"
        enterKeyHint="search"
        value={term}
        onChange={(event) => {
          setTerm(event.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      {term !== "" && <IconButton icon="close" label={words.header.searchClear} onClick={() => setTerm("")} />}
      <ul id={listId} role="listbox" aria-label={words.search.suggestions} className="search__list" hidden={suggestions.length === 0}>
        {suggestions.map((item, index) => (
          <li key={item.id} id={`${listId}-${index}`} role="option" aria-selected={index === active}>
            <Link href={itemPath(item.id)} tabIndex={-1}>
              <Picture item={item} />
              <span className="search__title">{item.title}</span>
              <Price item={item} />
            </Link>
          </li>
        ))}
        <li className="search__all" role="presentation">
          <Link href={searchPath(term.trim())}>{words.header.searchAll(term.trim())}</Link>
        </li>
      </ul>
    </form>
  );
}
