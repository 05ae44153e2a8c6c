import { expect, test } from "vitest";
import type { Profile } from "../api/profile.ts";
import { withChoice } from "./with-choice.ts";

const PROFILE: Profile = {
  isPersonalized: true,
  nEvents: 3,
  tags: [{ tag: "colour:red", kind: "Colour", label: "red", share: 0.5, lift: 2, nItems: 2, evidence: [] }],
  choices: [{ tag: "brand:Acme", kind: "Brand", label: "Acme", choice: "less", nItems: 4 }],
  turnedDown: [],
};

test("a new wish is named as its tag is", () => {
  const said = withChoice(PROFILE, "colour:red", "never").choices;
  expect(said).toEqual([PROFILE.choices[0], { tag: "colour:red", kind: "Colour", label: "red", choice: "never", nItems: 0 }]);
});

test("a tag that no card shows is named by its own text", () => {
  expect(withChoice(PROFILE, "size:3:4", "less").choices[1]).toMatchObject({ kind: "size", label: "3:4" });
});

test("a changed mind keeps its place", () => {
  expect(withChoice(PROFILE, "brand:Acme", "never").choices).toEqual([{ ...PROFILE.choices[0], choice: "never" }]);
});

test("turning one wish back leaves what was said in the meantime", () => {
  const both = withChoice(withChoice(PROFILE, "colour:red", "less"), "size:big", "never");
  expect(withChoice(both, "colour:red", null).choices.map((one) => one.tag)).toEqual(["brand:Acme", "size:big"]);
});

test("taking back what was never said changes nothing", () => {
  expect(withChoice(PROFILE, "colour:blue", null)).toEqual(PROFILE);
});
