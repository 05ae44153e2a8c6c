import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { mockShop } from "./dev/mock-shop.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run dev` talks to a running `daogou serve` when DAOGOU_URL names it, else to a small pretend shop. */
const server = process.env.DAOGOU_URL;

export default defineConfig({
  plugins: [react(), ...(server ? [] : [mockShop()])],
  server: server ? { proxy: { "/v1": server } } : {},
  build: {
    outDir: at("../../../src/daogou/serve/static"),
    emptyOutDir: true,
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: addresses
    modulePreload: { polyfill: false },
    license: { fileName: "licences.md" },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: "react", test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|wouter)[\\/]/ }],
        },
      },
    },
  },
});
