"""Chinese names of categories and attribute words, for screens in Chinese. Titles stay English, as they were sold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from daogou.data.demo.online_retail.product_type import product_types

_OUTER = {
    "Tableware": "餐具茶具", "Kitchen & baking": "厨房烘焙", "Home decor": "家居装饰",
    "Candles & lights": "蜡烛与灯饰", "Soft furnishings": "家纺软装", "Furniture & storage": "家具收纳",
    "Garden & outdoors": "花园户外", "Bathroom & beauty": "浴室与美妆", "Bags & travel": "箱包出行",
    "Jewellery & accessories": "首饰配饰", "Stationery": "文具", "Cards & gift wrap": "贺卡与包装",
    "Party": "派对用品", "Toys & games": "玩具游戏", "Craft & sewing": "手工缝纫", "Christmas": "圣诞节",
    "Easter": "复活节", "Other": "其他",
}  # fmt: skip

CATEGORY_ZH: Mapping[str, str] = MappingProxyType(
    {**_OUTER, **{kind.name: kind.name_zh for kind in product_types() if kind.name not in _OUTER}}
)
"""English name of an outer or inner category -> Chinese name."""

ATTRIBUTE_ZH: Mapping[str, str] = MappingProxyType({
    # names of attributes
    "product_type": "品类", "colour": "颜色", "material": "材质", "pattern": "图案", "size": "尺寸",
    "set_size": "件数", "season": "节日", "style": "风格", "collection": "系列", "audience": "适用人群",
    "description_source": "描述来源", "derived from the title": "由标题生成",
    # colours
    "red": "红色", "pink": "粉色", "orange": "橙色", "yellow": "黄色", "green": "绿色", "blue": "蓝色",
    "turquoise": "青绿色", "purple": "紫色", "brown": "棕色", "black": "黑色", "white": "白色", "ivory": "象牙白",
    "cream": "奶油色", "grey": "灰色", "gold": "金色", "silver": "银色", "copper": "铜色", "bronze": "古铜色",
    "clear": "透明", "natural": "本色", "multicolour": "多色",
    # materials
    "glass": "玻璃", "ceramic": "陶瓷", "porcelain": "瓷", "bone china": "骨瓷", "wood": "木", "bamboo": "竹",
    "wicker": "藤编", "metal": "金属", "zinc": "锌", "enamel": "搪瓷", "iron": "铸铁", "steel": "钢", "brass": "黄铜",
    "aluminium": "铝", "chrome": "镀铬", "wire": "铁丝", "paper": "纸", "foil": "锡纸", "card": "卡纸",
    "felt": "毛毡", "cotton": "棉", "linen": "亚麻", "silk": "丝绸", "velvet": "天鹅绒", "suede": "麂皮",
    "canvas": "帆布", "denim": "牛仔布", "chenille": "雪尼尔", "polyester": "聚酯纤维", "knitted": "针织",
    "crochet": "钩编", "lace": "蕾丝", "fabric": "布", "faux fur": "人造毛", "feather": "羽毛", "raffia": "拉菲草",
    "acrylic": "亚克力", "plastic": "塑料", "melamine": "密胺", "resin": "树脂", "silicone": "硅胶", "slate": "石板",
    "stone": "石", "gemstone": "宝石", "crystal": "水晶", "diamante": "水钻", "pearl": "珍珠",
    "mother of pearl": "珍珠母贝", "shell": "贝壳", "beads": "珠子", "capiz": "云母贝",
    # patterns
    "polka dots": "波点", "paisley": "佩斯利花纹", "gingham": "方格布纹", "checks": "格纹", "stripes": "条纹",
    "Union Jack": "英国国旗", "skulls": "骷髅", "camouflage": "迷彩", "hearts": "爱心", "stars": "星星",
    "roses": "玫瑰", "flowers": "花卉", "leaves": "叶子", "botanical": "植物", "doily lace": "花边",
    "lattice": "格栅", "butterflies": "蝴蝶", "birds": "鸟", "owls": "猫头鹰", "cats": "猫", "dogs": "狗",
    "rabbits": "兔子", "elephants": "大象", "cakes": "蛋糕", "strawberries": "草莓", "cherries": "樱桃",
    "apples": "苹果", "pears": "梨", "fruit": "水果", "toadstools": "蘑菇", "dinosaurs": "恐龙", "letters": "字母",
    "Russian dolls": "套娃", "snowflakes": "雪花", "reindeer": "驯鹿", "robins": "知更鸟", "baroque": "巴洛克",
    "filigree": "金银丝", "mosaic": "马赛克", "flock": "植绒", "jewels": "珠宝", "holly": "冬青", "angels": "天使",
    # sizes, seasons, styles, people
    "mini": "迷你", "small": "小号", "medium": "中号", "large": "大号", "extra large": "特大号",
    "christmas": "圣诞节", "easter": "复活节", "halloween": "万圣节", "valentine": "情人节", "vintage": "复古",
    "retro": "怀旧", "antique": "仿古", "rustic": "乡村", "modern": "现代", "French": "法式", "Victorian": "维多利亚",
    "Edwardian": "爱德华", "Georgian": "乔治亚", "Moroccan": "摩洛哥", "classic": "经典", "rococo": "洛可可",
    "art deco": "装饰艺术", "traditional": "传统", "funky": "趣味", "pop art": "波普艺术", "children": "儿童",
    "babies": "婴儿",
    # ranges
    "Spaceboy": "太空男孩", "Dolly Girl": "洋娃娃女孩", "Circus Parade": "马戏游行", "Woodland": "林地",
    "Suki": "Suki", "I Love London": "我爱伦敦", "Pantry": "食品柜", "Regency": "摄政风",
    "Charlie and Lola": "查理和劳拉", "Tutti Frutti": "什锦水果", "Home Sweet Home": "温馨的家",
    "Keep Calm": "保持冷静", "Magic Garden": "魔法花园", "Paisley Park": "佩斯利公园", "English Rose": "英国玫瑰",
    "Danish Rose": "丹麦玫瑰", "Rose du Sud": "南方玫瑰", "Tea Time": "下午茶", "Kings Choice": "国王之选",
    "Potting Shed": "花房", "Dairy Maid": "挤奶女工", "Ma Campagne": "我的乡村", "Buffalo Bill": "水牛比尔",
    "Gymkhana": "马术会", "Billboard": "广告牌", "Vintage Doily": "复古花边", "Vintage Leaf": "复古叶纹",
    "Sketchbook": "速写本", "Tuscan Villa": "托斯卡纳别墅", "Parisienne": "巴黎女郎", "Brocante": "旧货市集",
    "Folk Art": "民间艺术", "Empire": "帝国", "Las Vegas": "拉斯维加斯", "Orbit": "轨道",
    "Murano Style": "穆拉诺风格", "Boudicca": "布狄卡", "Vintage Paisley": "复古佩斯利", "Funky Monkey": "趣味猴",
    "Ping Microwave": "微波叮", "Willie Winkie": "小威利", "Scandinavian": "北欧",
    "Poppy's Playhouse": "波比的玩具屋", "Henrietta Hen": "母鸡亨丽埃塔", "Vintage Christmas": "复古圣诞",
    "50's Christmas": "五十年代圣诞", "Jardin": "花园", "Botanical": "植物",
})  # fmt: skip
"""Name or value of an attribute -> Chinese word. Numbers, measures and product_type slugs are not in it."""
