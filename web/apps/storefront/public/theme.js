// Before the first paint, so that a dark page never flashes white. The switch itself is in src/shared/state/theme.ts.
try {
  var base = document.querySelector('meta[name="daogou-base"]');
  var theme = JSON.parse(localStorage.getItem("daogou" + (base ? base.content : "") + ".theme") || "null");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch (_) {
  // No storage: the system's colours it is.
}
