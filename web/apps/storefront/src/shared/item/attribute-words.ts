/** Attribute values as catalogues keep them (slugs), made readable. */

import type { Language } from "@daogou/ui";

const COLOURS_ZH: Record<string, string> = {
  red: "红色",
  pink: "粉色",
  rose: "玫瑰色",
  orange: "橙色",
  yellow: "黄色",
  green: "绿色",
  mint: "薄荷绿",
  turquoise: "青绿色",
  blue: "蓝色",
  navy: "藏青色",
  purple: "紫色",
  lilac: "淡紫色",
  brown: "棕色",
  chocolate: "巧克力色",
  beige: "米色",
  cream: "奶油色",
  ivory: "象牙白",
  white: "白色",
  grey: "灰色",
  gray: "灰色",
  silver: "银色",
  gold: "金色",
  copper: "铜色",
  black: "黑色",
  clear: "透明",
  multicolour: "彩色",
  amber: "琥珀色",
  amethyst: "紫晶色",
};

/** "hot_water_bottle" → "Hot water bottle"; colours also in Chinese. */
export function attributeValue(value: string, language: Language): string {
  if (language === "zh" && COLOURS_ZH[value]) return COLOURS_ZH[value];
  const words = value.replace(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
