// Writes src/schema.ts from contracts/openapi.json; with --check it only says whether that is needed.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const contract = new URL("../../../contracts/openapi.json", import.meta.url);
const target = new URL("./src/schema.ts", import.meta.url);

const source = await readFile(contract);
const digest = createHash("sha256").update(source).digest("hex");
const header = `// Generated from contracts/openapi.json by generate.mjs; do not edit.\n// openapi.json sha256: ${digest}\n\n`;
// Fields that have a default may be left out of a request, so a default must not make a field required.
const generated = header + astToString(await openapiTS(contract, { defaultNonNullable: false, alphabetize: true }));

if (process.argv.includes("--check")) {
  const committed = await readFile(target, "utf8").catch(() => "");
  if (committed !== generated) {
    console.error("src/schema.ts is not what contracts/openapi.json gives. Run: npm run generate --workspace @daogou/api");
    process.exit(1);
  }
} else {
  await writeFile(target, generated);
}
