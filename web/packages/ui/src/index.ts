export { Button, IconButton } from "./components/button.tsx";
export { Dialog } from "./components/dialog.tsx";
export { Icon, type IconName } from "./components/icon.tsx";
export { MenuButton, type MenuEntry } from "./components/menu.tsx";
export { Notice } from "./components/notice.tsx";
export { Switch } from "./components/switch.tsx";
export { dismissToast, toast, Toasts } from "./components/toasts.tsx";
export { LANGUAGES, preferredLanguage, type Language, type Messages } from "./messages/index.ts";
export { formatPrice, toMajor, toTyped } from "./money.ts";
