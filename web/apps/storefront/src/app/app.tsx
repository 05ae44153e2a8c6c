/** The storefront: its frame, and one line per screen. */

import { Toasts } from "@daogou/ui";
import { lazy, Suspense, useEffect } from "react";
import { Route, Switch } from "wouter";
import { CartPage } from "../features/cart/cart-page.tsx";
import { CheckoutPage } from "../features/checkout/checkout-page.tsx";
import { DonePage } from "../features/checkout/done-page.tsx";
import { GuideButton } from "../features/guide/guide-button.tsx";
import { HomePage } from "../features/home/home-page.tsx";
import { PersonalisationPage } from "../features/personalisation/personalisation-page.tsx";
import { ProductPage } from "../features/product/product-page.tsx";
import { ProfilePage } from "../features/profile/profile-page.tsx";
import { PageSkeleton } from "../shared/slate/skeletons.tsx";
import { useLanguage, useMessages } from "../shared/state/language.ts";
import { Footer } from "./footer.tsx";
import { Header } from "./header/header.tsx";
import { NetworkLine } from "./network-line.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { useNavigation } from "./use-navigation.ts";
import { useShopChange } from "./use-shop-change.ts";

// What narrows and sorts lists comes in files of its own, after the first page.
const CategoryPage = lazy(async () => ({ default: (await import("../features/category/category-page.tsx")).CategoryPage }));
const SearchPage = lazy(async () => ({ default: (await import("../features/search/search-page.tsx")).SearchPage }));

export function App() {
  const words = useMessages();
  const language = useLanguage();
  useNavigation();
  useShopChange();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);

  return (
    <>
      <a className="skip-link" href="#content">
        {words.skipToContent}
      </a>
      <Header />
      <NetworkLine />
      <div className="room">
        <main id="content" className="page" tabIndex={-1}>
          <Suspense fallback={<PageSkeleton />}>
          <Switch>
            <Route path="/" component={HomePage} />
            <Route path="/c/*">{({ "*": path }) => <CategoryPage path={(path ?? "").split("/").map(decodeURIComponent)} />}</Route>
            <Route path="/p/:id">{({ id }) => <ProductPage key={id} id={decodeURIComponent(id)} />}</Route>
            <Route path="/search" component={SearchPage} />
            <Route path="/cart" component={CartPage} />
            <Route path="/checkout" component={CheckoutPage} />
            <Route path="/done/:id">{({ id }) => <DonePage transactionId={decodeURIComponent(id)} />}</Route>
            <Route path="/profile" component={ProfilePage} />
            <Route path="/personalisation" component={PersonalisationPage} />
            <Route component={NotFoundPage} />
          </Switch>
          </Suspense>
        </main>
      </div>
      <Footer />
      <GuideButton />
      <Toasts closeLabel={words.close} />
    </>
  );
}
