"""What no sentence of a model may say, whatever it was told: the rest of the reply says it from the store, or nobody does.

One entry per reason. Patterns are searched in the sentence in lower case, wide forms made plain, handles taken out.
Chinese patterns avoid everyday words that hold the same character (送礼, 十分, 一块).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBER = "(?:[0-9０-９.,]+|[零一二两三四五六七八九十百千万几多半]+)"

FORBIDDEN: Mapping[str, re.Pattern[str]] = {
    reason: re.compile("|".join(parts))
    for reason, parts in {
        "markup": (r"[<>{}\[\]|`\\^~]", r"^\s*#", r"\]\(", r"&#?\w+;"),
        "link": (
            r"://", r"\bwww\b", r"\bhttps?\b", r"@", r"\w\.[a-z]{2,}", r"\bdot (?:com|net|org|cn|io|shop)\b",
            r"点(?:com|cn|net)\b", r"\b(?:web ?site|web ?page|url|link|qr|browser|homepage|domain)s?\b",
            r"\b(?:click|tap|visit|download|install|log ?in|sign ?(?:in|up)|subscribe|browse to|go to|head (?:over )?to)\b",
            r"链接|网址|网站|网页|官网|点击|点开|访问|下载|安装|登录|登陆|注册|扫码|扫一扫|扫描|二维码|公众号|小程序|店铺外|别的店|其他店|另一家",
        ),
        "contact": (
            r"\b(?:e-?mail|phone|call|text|message|contact|whats ?app|tele ?gram|wechat|weixin|skype|fax|hotline|dm)\b",
            r"微信|威信|薇信|电话|手机号|热线|致电|拨打|联系|私信|加我|加群|邮箱|邮件|短信|客服|[qq]{2}群?号?|旺旺",
        ),
        "money": (
            r"[$£€¥￥₩₽₹₿¢฿₫₱₺%‰]",
            r"\b(?:dollar|pound|quid|buck|euro|yuan|renminbi|rmb|usd|gbp|eur|cny|hkd|jpy|yen|cent|pence|penny|penni|"
            r"bitcoin|btc|fiver|tenner|grand)(?:s|es)?\b",
            r"\b\d+ ?(?:p|k|rmb|usd|gbp|eur|cny)\b",
            r"\b(?:price[ds]?|pricing|cost(?:s|ing|ly)?|cheap(?:er|est)?|afford(?:able)?|inexpensive|expensive|budget|discount"
            r"(?:s|ed)?|percent|per cent|sale|deal|bargain|coupon|voucher|promo(?:tion|tional)?s?|save[sd]?|savings?|free|"
            r"gratis|complimentary|refund(?:s|ed)?|rebate|cash ?back|pay(?:s|ment|ments|ing)?|paid|money|value for|worth|"
            r"half[- ]off|fee|fees|tax|taxes|credit|debit|wallet|transfer)\b",
            r"\b\d ?for ?\d\b|\b(?:two|three) for\b|\bbuy one\b|买[一二两三]",
            r"价|钱|便宜|昂贵|优惠|折扣|打折|特惠|促销|满减|立减|直降|秒杀|红包|返现|返利|券|免费|包邮|免邮|免运|赠|白送|白拿|划算|实惠|"
            r"性价比|预算|花费|付款|支付|转账|汇款|退款|定金|押金|手续费|税|信用卡|银行|百分",
            rf"{_NUMBER} ?(?:块|元|圆|毛|角|分钱|刀|美金|美元|英镑|欧元|港币|日元|人民币|折|成\b|个点)",
            r"(?:不到|大概|只要|仅需|才)[一二两三四五六七八九十百千万几]+(?:块|元|百|千|万)",
        ),
        "stock": (
            r"\b(?:in|out of) stock\b", r"\bstock(?:s|ed)?\b", r"\bavailab(?:le|ility)\b", r"\bsold out\b", r"\bselling (?:out|fast)\b",
            r"\b(?:left|remaining|last (?:one|few|chance)|hurry|limited|run(?:ning)? out|while supplies|inventory|restock(?:ed)?)\b",
            r"现货|有货|库存|缺货|断货|售罄|售完|卖完|仅剩|只剩|最后[一几两]|抢购|限量|限时|手慢无|补货|赶紧|赶快|马上抢",
        ),
        "delivery": (
            r"\b(?:deliver(?:s|ed|y|ies)?|ship(?:s|ped|ping)?|arriv(?:e|es|al)|dispatch(?:ed)?|courier|postage|tomorrow|tonight|"
            r"today|overnight|next[- ]day|same[- ]day|within (?:\w+ )?(?:hours?|days?)|by (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
            r"送达|发货|发出|配送|派送|快递|物流|到货|运费|上门|明天|今天|今晚|后天|次日|当日|小时内|天内|准时",
        ),
        "promise": (
            r"\b(?:warrant(?:y|ies)|guarantee[ds]?|return(?:s|ed|able)?|exchange[ds]?|promise[ds]?|insur(?:ed|ance)|certifi(?:ed|cate)"
            r"|approved|official(?:ly)?|authentic|genuine|award|patent(?:ed)?|licen[cs]ed)\b",
            r"保修|质保|保证|担保|承诺|退货|换货|退换|包退|包换|假一赔|赔付|正品|认证|获奖|专利|官方|授权|售后",
        ),
        "absolute": (
            r"\b(?:the best|best|number one|no\. ?1|#1|finest|cheapest|unbeatable|perfectly safe|100 ?%|always|never|forever|ever)\b",
            r"最好|最佳|最优|最强|最高级|最低|最便宜|顶级|极品|国家级|世界级|绝对|唯一|永久|永远|百分百|万能|第一(?!个|款|件|种|双|条|只|张|台|把|套|项|样|位|次)",
        ),
        "others": (
            r"\b(?:customers?|buyers?|shoppers?|reviews?|reviewers?|rated|ratings?|stars?|best[- ]?sell(?:er|ers|ing)|popular(?:ity)?|"
            r"trending|people (?:say|love|buy)|everyone|everybody|users?|someone|somebody)\b",
            r"顾客|买家|用户|网友|好评|差评|评价|评分|口碑|销量|热销|热卖|爆款|畅销|大家都|人气|回购|网红|博主|明星",
        ),
        "advice": (
            r"\b(?:cure[sd]?|heal(?:s|ing|thy|th)?|treat(?:s|ment|ments)?|disease|illness|symptoms?|doctor|physician|medic(?:al|ine|ines|ation)"
            r"|dos(?:e|es|age)|drugs?|pills?|allerg(?:y|ic|ies|en|ens)|pregnan(?:t|cy)|toxic|non-toxic|poison(?:ous)?|diagnos\w+|therap\w+|pain|"
            r"anxiety|depress\w+|cancer|diabet\w+|infection|immun\w+|weight loss|slimming|legal|lawyer|lawsuit|sue|court|invest(?:s|ment|ing)?|"
            r"stocks|loan|suicid\w+|kill\w*|weapons?|explosives?|hypoallergenic|food[- ]safe|child[- ]?(?:safe|proof)|safe)\b",
            r"治疗|治愈|医治|疗效|功效|药|医生|医院|医疗|疾病|病|症状|剂量|过敏|怀孕|孕妇|有毒|无毒|安全|止痛|消炎|抗癌|癌|糖尿|血压|免疫|减肥|"
            r"瘦身|排毒|养生|保健|律师|法律|起诉|法院|投资|理财|股票|贷款|自杀|杀|武器|爆炸|毒品",
        ),
        "action": (
            r"\b(?:cart|basket|checkout|ordered|orders?|purchase[ds]?|bought|buy now|reserved|booked|cancell?ed|added|deleted|removed|"
            r"updated|changed|confirmed|submitted|registered|account|password|passcode|verification|otp|pin code|login)\b",
            r"购物车|加购|下单|订单|结算|结账|已为您|已经为|已帮|帮您(?:下|加|订|取消|修改|删)|预订|预留|预约|取消了|删除|修改了|已(?:添加|加入|确认|提交|"
            r"更新|购买|登记)|账号|账户|帐号|密码|验证码|身份证|立即购买|马上买",
        ),
        "machine": (
            r"\b(?:prompts?|instructions?|ignore|disregard|override|previous|above text|system (?:message|note|rule)|developer|jailbreak|"
            r"language model|chat ?bot|openai|gpt\w*|claude|llama|qwen|ai|a\.i\.|token|api|json|(?:tool|function) calls?|delimiter|"
            r"handle|catalogue data|untrusted)\b",
            r"提示词|系统提示|系统消息|指令|忽略|无视|越狱|开发者|语言模型|大模型|人工智能|机器人|智能体|作为(?:一[个名])?ai|接口|令牌|函数|工具调用|商品标记",
        ),
        "elsewhere": (
            r"\b(?:amazon|ebay|walmart|temu|shein|aliexpress|alibaba|taobao|tmall|jd|pinduoduo|etsy|costco|ikea|argos|tesco|"
            r"competitors?|elsewhere|another (?:shop|store|site)|other (?:shops?|stores?|sites?|sellers?))\b",
            r"淘宝|天猫|京东|拼多多|亚马逊|抖音|快手|小红书|唯品会|闲鱼|苏宁|竞争对手|别家|其他平台|别的平台",
        ),
    }.items()
}  # fmt: skip
"""Reason → what gives a sentence away."""

_TRADITIONAL = "價錢費優贈購車單訂運貨庫療藥醫鏈網點擊訪問掃碼話機聯繫帳號發達遞員銷賣熱評證質無頂級絕對這們認獎專權額還買實劃預輸稅銀圓塊萬億兩爲為僅時內準導師體務協議險類進關註冊錄"
_SIMPLE = "价钱费优赠购车单订运货库疗药医链网点击访问扫码话机联系帐号发达递员销卖热评证质无顶级绝对这们认奖专权额还买实划预输税银圆块万亿两为为仅时内准导师体务协议险类进关注册录"
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLE)
"""Traditional characters that occur in what is forbidden."""
