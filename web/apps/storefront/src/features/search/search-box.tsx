/**
 * The search field with what one may mean below it: a combobox. Arrow keys move, Enter follows, Escape closes; what an
 * input method is still composing is neither searched nor followed.
 */

import { Icon, IconButton } from "@daogou/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useLocation, useSearch } from "wouter";
import { completions } from "../../shared/api/search.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { useStored } from "../../shared/state/stored.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";
import { choicesOf, pathOf, type Choice } from "./choices.ts";
import { ChoiceLine } from "./choice-line.tsx";
import { recentSearches, rememberSearch } from "./recent-searches.ts";
import { useDelayed } from "./use-delayed.ts";

const TYPING_PAUSE_MS = 120;
const LONGEST = 500;

export function SearchBox() {
  const words = useMessages();
  const language = useLanguage();
  const catalogue = useCatalogueWords();
  const [location, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get("q") ?? "";
  const recent = useStored(recentSearches);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [term, setTerm] = useState(asked);
  const [isComposing, setComposing] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);

  const typed = term.trim();
  const settled = useDelayed(isComposing ? "" : typed, TYPING_PAUSE_MS);
  const { data, isPlaceholderData } = useQuery({
    ...completions(settled, language),
    enabled: isOpen && settled !== "",
    placeholderData: keepPreviousData,
  });
  const choices = isOpen ? choicesOf(typed, typed === "" ? recent : [], typed === "" ? [] : (data ?? []), isComposing) : [];
  const isShown = choices.length > 0;
  const isFresh = settled === typed && !isPlaceholderData;

  useEffect(() => {
    setTerm(location === "/search" ? asked : "");
    setOpen(false);
    setActive(-1);
  }, [location, asked]);

  const follow = (choice: Choice) => {
    setOpen(false);
    setActive(-1);
    if ("words" in choice) {
      setTerm(choice.words);
      rememberSearch(choice.words);
    }
    const isSamePage = location === "/search";
    navigate(pathOf(choice));
    input.current?.blur(); // puts the keyboard of a phone away
    if (isSamePage) toResults();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        event.preventDefault();
        if (!isOpen) return setOpen(true);
        const places = choices.length + 1; // the field itself is one of them
        const step = event.key === "ArrowDown" ? 1 : -1;
        return setActive((now) => ((now + 1 + step + places) % places) - 1);
      }
      case "Enter": {
        event.preventDefault();
        const choice = choices[active];
        if (choice) follow(choice);
        else if (typed !== "") follow({ kind: "all", words: typed });
        return;
      }
      case "Escape":
        if (!isShown) setTerm("");
        setOpen(false);
        return setActive(-1);
      case "Tab":
        return setOpen(false);
    }
  };

  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => event.preventDefault()}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        className="search__input"
        role="combobox"
        aria-label={words.header.search}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-activedescendant={isShown && active >= 0 ? `${listId}-${active}` : undefined}
        aria-autocomplete="list"
        placeholder={words.header.searchPlaceholder}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={LONGEST}
        value={term}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setTerm(event.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={onKeyDown}
      />
      {term !== "" && (
        <IconButton
          icon="close"
          label={words.header.searchClear}
          onClick={() => {
            setTerm("");
            input.current?.focus();
          }}
        />
      )}
      <div className="search__popup" hidden={!isShown}>
        {typed === "" && isShown && <p className="search__heading">{words.search.recent}</p>}
        <ul id={listId} role="listbox" aria-label={typed === "" ? words.search.recent : words.search.suggestions}>
          {choices.map((choice, index) => (
            <li
              key={`${choice.kind}:${pathOf(choice)}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className={`completion completion--${choice.kind}`}
              onPointerDown={(event) => event.preventDefault()} // the field keeps the focus
              onClick={() => follow(choice)}
            >
              <ChoiceLine choice={choice} typed={typed} name={catalogue.name} />
            </li>
          ))}
        </ul>
        {typed === "" && isShown && (
          <div className="search__foot">
            <span>{words.search.recentNote}</span>
            <button
              type="button"
              className="button button--text"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                recentSearches.set([]);
                input.current?.focus();
              }}
            >
              {words.search.recentClear}
            </button>
          </div>
        )}
      </div>
      <p role="status" className="visually-hidden">
        {isShown && isFresh && typed !== "" ? words.search.suggestionCount(choices.length - 1) : ""}
      </p>
    </form>
  );
}

/** The same page with other results: they are where one is now. */
function toResults(): void {
  window.scrollTo(0, 0);
  document.getElementById("content")?.focus({ preventScroll: true });
}
