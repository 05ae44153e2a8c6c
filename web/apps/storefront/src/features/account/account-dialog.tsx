/** "Shop as": a demo shop's stand-in for signing in. */

import { Button, Dialog, Icon, toast } from "@daogou/ui";
import { useId, useState, type FormEvent } from "react";
import { Link } from "wouter";
import { useShop } from "../../shared/api/shop.ts";
import { useMessages } from "../../shared/state/language.ts";
import { userId } from "../../shared/state/person.ts";
import { useStored } from "../../shared/state/stored.ts";
import { rememberLook } from "../../shared/state/last-look.ts";
import { exampleCustomer } from "./example-customer.ts";

const CUSTOMER_NUMBER = /^\S{1,64}$/;

export function AccountDialog({ onClose }: { onClose: () => void }) {
  const { account: words, close, privacy } = useMessages();
  const current = useStored(userId);
  const example = exampleCustomer(useShop()?.id);
  const [typed, setTyped] = useState(current ?? "");
  const [isWrong, setWrong] = useState(false);
  const id = useId();

  const become = (next: string | null) => {
    userId.set(next);
    rememberLook(undefined);
    toast(next ? words.switched(next) : words.switchedVisitor);
    onClose();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const number = typed.trim();
    if (CUSTOMER_NUMBER.test(number)) become(number);
    else setWrong(true);
  };

  return (
    <Dialog title={words.title} closeLabel={close} onClose={onClose}>
      <form className="account" onSubmit={submit}>
        <p>{words.text}</p>
        <p className="account__current">{current ? words.current(current) : words.currentVisitor}</p>
        <div className="field">
          <label htmlFor={id}>{words.label}</label>
          <input
            id={id}
            className="input"
            value={typed}
            placeholder={example && words.example(example)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? `${id}-wrong` : undefined}
            onChange={(event) => {
              setTyped(event.target.value);
              setWrong(false);
            }}
          />
          {isWrong && (
            <p id={`${id}-wrong`} className="field__wrong" role="alert">
              {words.invalid}
            </p>
          )}
        </div>
        <div className="account__actions">
          <Button look="primary" type="submit">
            {words.use}
          </Button>
          {current ? (
            <Button onClick={() => become(null)}>{words.leave}</Button>
          ) : (
            <Button onClick={onClose}>{words.visitor}</Button>
          )}
        </div>
        <Link href="/personalisation" className="account__link" onClick={onClose}>
          <Icon name="shield" />
          {privacy.settings}
        </Link>
      </form>
    </Dialog>
  );
}
