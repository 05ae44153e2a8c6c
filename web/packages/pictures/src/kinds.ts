/** The drawing of an item: by its kind, told apart by its title where needed, else by its category. */

import type { Draw } from "./brush.tsx";
import * as care from "./families/care.tsx";
import * as carry from "./families/carry.tsx";
import * as decor from "./families/decor.tsx";
import * as food from "./families/food.tsx";
import * as furnish from "./families/furnish.tsx";
import * as garden from "./families/garden.tsx";
import * as jewel from "./families/jewel.tsx";
import * as light from "./families/light.tsx";
import * as paper from "./families/paper.tsx";
import * as play from "./families/play.tsx";
import * as table from "./families/table.tsx";
import * as tech from "./families/tech.tsx";
import * as wear from "./families/wear.tsx";
import { KINDS } from "./kind-table.ts";
import type { Subject } from "./subject.ts";

const BY_SLUG: ReadonlyMap<string, Draw> = new Map(KINDS.flatMap(([slugs, draw]) => slugs.split(" ").map((slug) => [slug, draw] as const)));

/** The second choice: a word in the category's name, English or Chinese. */
const BY_CATEGORY: readonly (readonly [RegExp, Draw])[] = [
  [/kitchen|tableware|厨房/i, table.bowl],
  [/candle|light/i, light.candle],
  [/decor|home/i, decor.vase],
  [/furnish|textile|家纺/i, furnish.cushion],
  [/garden|outdoor/i, garden.planter],
  [/bath|beauty|skincare|美妆/i, care.pump],
  [/bag|travel|箱包/i, carry.bag],
  [/jewel|accessor/i, jewel.necklace],
  [/station|文具/i, paper.notebook],
  [/card|gift/i, paper.giftBox],
  [/party/i, paper.balloon],
  [/toy|game|玩具/i, play.blocks],
  [/craft|sewing/i, play.sewingKit],
  [/christmas/i, decor.bauble],
  [/easter/i, garden.easterEgg],
  [/fashion|女装|男装/i, wear.tshirt],
  [/phone|手机/i, tech.phone],
  [/appliance|电器/i, tech.washingMachine],
  [/baby|母婴/i, play.babyBottle],
  [/snack|tea|零食/i, food.snackBag],
  [/sport|运动/i, play.ball],
];

/** Drawings that lie flat or hang: no shadow on the floor below them. */
const FLOATING = new Set<Draw>([
  table.plate, table.cutlery, table.knife, table.spatula, table.whisk, table.napkin, table.coaster, table.placemat, table.tray, table.cookie,
  decor.sign, furnish.hook, decor.wallArt, decor.garland, decor.hangingDecoration, decor.bauble, decor.wreath, light.stringLights, furnish.curtain, furnish.peg,
  furnish.rug, furnish.doormat, furnish.drawerKnob, decor.mirror, light.paperLantern, decor.stocking, decor.memoBoard, furnish.handWarmer, furnish.teaTowel,
  paper.bunting, paper.doily, paper.ruler, paper.pen, paper.sticker, paper.giftTag, paper.giftWrap, paper.ribbon, paper.ticket, paper.eraser,
  jewel.necklace, jewel.earrings, jewel.bracelet, jewel.brooch, jewel.charm, jewel.keyring, jewel.hairAccessory, jewel.glasses, wear.belt,
  wear.dress, wear.skirt, wear.tshirt, wear.shirt, wear.sweater, wear.coat, wear.trousers, wear.pyjamas, wear.underwear, wear.socks, wear.scarf,
  play.puzzle, play.patch, play.magnet, play.craftKit, play.bodysuit, play.nappies, play.playingCards, tech.airConditioner,
  care.brush, garden.gardenTool, garden.handTool, food.teaCake, food.sweets,
]); // prettier-ignore

/** Drawings whose surfaces a pattern would spoil. */
const PLAIN = new Set<Draw>([decor.clock, decor.mirror, decor.woodLetters, play.car, play.softToy, table.cutlery, table.knife]);

export type DrawnKind = { draw: Draw; floats: boolean; takesPattern: boolean };

export function drawOf({ type = "", category = "", title }: Subject): DrawnKind {
  const draw = BY_SLUG.get(refine(type.replaceAll("-", "_"), title)) ?? byCategory(category);
  const isTech = Object.values(tech).includes(draw);
  return { draw, floats: FLOATING.has(draw), takesPattern: !PLAIN.has(draw) && !(isTech && draw !== tech.phoneCase) };
}

/** Kinds that hold things of clearly different shapes, told apart by their title. */
const REFINED: readonly (readonly [slug: string, words: RegExp, as: string])[] = [
  ["lantern", /paper|chinese/i, "paper_lantern"],
  ["ornament", /egg/i, "easter_egg"],
  ["bakeware", /case|cupcake|muffin/i, "cake_cases"],
  ["soft_toy", /russian|babushka/i, "russian_doll"],
  ["doll", /russian|babushka/i, "russian_doll"],
  ["toy", /car\b|racing|truck/i, "remote_car"],
  ["toy", /guitar|ukulele|piano|xylophone/i, "musical_instrument"],
  ["egg_cup", /basket/i, "basket"],
  ["party_tableware", /plates?\b/i, "plate"],
  ["party_tableware", /cutlery/i, "cutlery"],
  ["party_decoration", /chain|garland/i, "garland"],
  ["party_decoration", /cracker|candle/i, "candle"],
  ["basket", /hamper|picnic/i, "picnic"],
  ["clothing", /sock/i, "socks"],
  ["clothing", /scarf|shawl/i, "scarf"],
  ["clothing", /shirt|top\b/i, "shirt"],
];

function refine(slug: string, title: string): string {
  return REFINED.find(([kind, words]) => kind === slug && words.test(title))?.[2] ?? slug;
}

function byCategory(category: string): Draw {
  return BY_CATEGORY.find(([words]) => words.test(category))?.[1] ?? paper.giftBox;
}

/** Every slug that has a drawing of its own. */
export const KNOWN_SLUGS: readonly string[] = [...BY_SLUG.keys()];
