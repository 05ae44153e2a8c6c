import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["packages/*/src/**/*.test.ts?(x)", "apps/*/src/**/*.test.ts?(x)"] },
});
