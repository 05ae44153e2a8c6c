import { useEffect, useRef } from "react";
import { useLocation } from "wouter";

/** A new page starts at its top with the focus on its content; going back is left to the browser. */
export function useNavigation(): void {
  const [location] = useLocation();
  const previous = useRef(location);
  const isBack = useRef(false);

  useEffect(() => {
    const onPop = () => void (isBack.current = true);
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);

  useEffect(() => {
    if (previous.current === location) return;
    previous.current = location;
    if (!isBack.current) window.scrollTo(0, 0);
    isBack.current = false;
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [location]);
}
