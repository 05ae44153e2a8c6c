/** The pretend shop's catalogue: every line is category, kind, English title, Chinese title, colour, price in pence. */

export type MockItem = {
  id: string;
  title: Record<string, string>;
  price_minor: number;
  list_price_minor: number | null;
  currency: string;
  brand: null;
  category: string;
  categories: string[][];
  attributes: Record<string, string[]>;
  availability: string;
  group_id: string | null;
};

const LINES = `
Tableware|mug|Red retrospot mug|红色波点马克杯|red|395
Tableware|mug|Big polkadot mug|大波点马克杯|blue|425
Tableware|teapot|Ivory enamel teapot|象牙白搪瓷茶壶|ivory|1295
Tableware|jug|Enamel flower jug|搪瓷花卉水壶|cream|895
Tableware|bowl|Blue stripe bowl|蓝条纹碗|blue|495
Tableware|plate|Lovebird cake plate|爱情鸟蛋糕盘|pink|650
Tableware|cake_stand|Regency cake stand|摄政风蛋糕架|mint|1275
Kitchen & baking|tin|Bread tin, diner style|餐车风面包盒|mint|1695
Kitchen & baking|apron|Apples apron|苹果围裙|green|1095
Kitchen & baking|jar|Biscuit jar|饼干罐|clear|745
Home decor|clock|Alarm clock bakelike red|胶木风闹钟|red|375
Home decor|sign|Hot baths metal sign|热水浴金属牌|navy|210
Home decor|frame|Wooden picture frame|木相框|natural|295
Home decor|hanging_decoration|Hanging heart decoration|心形挂饰|white|125
Home decor|mirror|Heart wall mirror|心形壁镜|silver|995
Home decor|ornament|Ceramic bird|陶瓷小鸟|turquoise|450
Candles & lights|candle|Vanilla candle|香草蜡烛|cream|295
Candles & lights|candle_holder|Hanging heart T-light holder|心形挂烛台|white|255
Candles & lights|lantern|French carriage lantern|法式马车灯|black|1450
Candles & lights|string_lights|Daisy string lights|雏菊灯串|yellow|895
Soft furnishings|cushion|Floral cushion|花卉靠垫|pink|1250
Soft furnishings|hot_water_bottle|Bird hot water bottle|小鸟热水袋|blue|795
Soft furnishings|doormat|Hearts doormat|爱心门垫|brown|795
Garden & outdoors|planter|Classic metal planter|金属花盆|grey|650
Garden & outdoors|birdhouse|Crested tit birdhouse|凤头山雀鸟屋|green|995
Garden & outdoors|parasol|Edwardian parasol|爱德华风阳伞|cream|595
Bags & travel|bag|Jumbo bag red retrospot|红波点大号袋|red|195
Bags & travel|lunch_bag|Lunch bag spaceboy|太空男孩午餐袋|navy|165
Bags & travel|umbrella|Fairy cake umbrella|小蛋糕雨伞|pink|595
Jewellery & accessories|necklace|Amber bead necklace|琥珀珠项链|amber|850
Jewellery & accessories|earrings|Crystal drop earrings|水晶耳坠|purple|495
Stationery|notebook|Garden path journal|花园小径日记本|green|295
Stationery|pencil|12 pencils, woodland|林地铅笔 12 支|brown|85
Cards & gift wrap|card|Thank you card|感谢卡|pink|42
Cards & gift wrap|gift_wrap|Birthday banquet gift wrap|生日包装纸|yellow|42
Party|bunting|Party bunting|派对三角旗|multicolour|495
Party|balloon|12 coloured balloons|彩色气球 12 个|red|85
Toys & games|soft_toy|Gingham teddy|格子泰迪熊|brown|895
Toys & games|puzzle|Toadstool jigsaw|蘑菇拼图|red|165
Christmas|bauble|Gold flock bauble|金色植绒圣诞球|gold|125
Christmas|wreath|Pinecone wreath|松果花环|green|1495
`;

export const ITEMS: readonly MockItem[] = LINES.trim()
  .split("\n")
  .map((line, number) => {
    const [category = "", kind = "", english = "", chinese = "", colour = "", price = "0"] = line.split("|");
    return {
      id: `m${number + 1}`,
      title: { en: english, zh: chinese },
      price_minor: Number(price),
      list_price_minor: number % 7 === 3 ? Math.round(Number(price) * 1.25) : null,
      currency: "GBP",
      brand: null,
      category,
      categories: [[category]],
      attributes: { product_type: [kind], colour: [colour] },
      availability: number % 17 === 16 ? "out_of_stock" : "in_stock",
      group_id: kind === "mug" ? "mugs" : null,
    };
  });
