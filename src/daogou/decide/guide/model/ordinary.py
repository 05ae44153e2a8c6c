"""Everyday words of talk in a shop: what a sentence may be made of beside the facts it is about."""

from __future__ import annotations

ENGLISH = frozenset(
    """
    a about above across add after again all almost along already also although among an and any are around as at away
    back be because been before being below beside between big bit both bring but by can carry choice choose colour
    color come comes comfortable compact cosy could day daily deep design detail details did different do does down each
    easy either elegant else enjoy enough even evening every everyday example excellent extra fact fairly family far
    feature features feel few find fine finish first fit fits following for form found friend from full fun further gentle
    get gift give gives go goes good great had half hand handy happy has have having help helps her here him his home
    how however idea ideal if in indoor inside instead into is it its itself just keep kind large last leave less let
    light like likely list little look looking looks lot lovely made main make makes making many material matter may
    maybe me mean middle might mind modern more morning most much must near need needs neat new next nice night no not
    note nothing now occasion of often on once one only open option options or other others our out outdoor outside
    over own pair part particular party perfect perhaps person pick picks pleasant plain plus practical prefer pretty
    present quite rather reach ready really right room round same second see seem seems set shape share she short shown
    side similar simple since size small smart so soft some something soon sort space special stand stands start still
    strong stylish such suit suitable suits sweet table take taste than that the their them then there these they thing
    things think third this those though three through time to together too top touch traditional travel try turn two
    type under unlike until up upon us use used useful using usual value variety version very want wanted wants warm
    was way we well went were what when where whether which while who whole why wide will wish with within work works
    would year years yes yet you young your yourself asked ask match matches matching meet meets stated state states
    shop shopping item items product products one ones another between compare compared comparison difference differs
    differ same look style styled theme themed decorate decoration decorative collection piece pieces pattern patterned
    colourful colorful bright dark pale bold natural classic vintage charming cheerful playful quiet calm busy kitchen
    bedroom living bathroom garden office desk shelf wall door window birthday wedding christmas holiday celebration
    anniversary thoughtful welcome treat surprise lightweight heavy sturdy slim thin thick tall long narrow larger
    smaller lighter heavier softer brighter darker warmer simpler everyday favourite favorite answer question narrow
    narrows tell know let closer closest near miss misses missing shows show showing offers offer comes come brings
    bring adds add keeps keep holds hold stays stay sits sit goes go hope happily glad choosing selection range
    """.split()
)

CHINESE = frozenset(
    """
    这款 这个 这些 这件 这种 这几 那款 那个 它们 它的 它 我们 我 您的 您 你的 你 他 她 的 了 是 有 和 与 或 都 也 还 很 更 比较 比
    不 没有 没 而 但 但是 不过 如果 因为 所以 可以 能够 能 会 要 想要 想 喜欢 适合 合适 搭配 选择 挑选 选 推荐 看看 看 一起 一样 一款
    一个 两款 两个 三款 三个 几款 第一 第二 第三 其中 其他 另外 另 之间 区别 不同 相同 相近 相似 同样 同 类似 对比 比起 相比 比如 例如
    材质 颜色 尺寸 大小 风格 款式 类型 品牌 分类 用途 场合 设计 造型 图案 外观 手感 质感 特点 细节 做工 轻便 小巧 精致 简约 简单 经典 复古
    现代 可爱 温馨 温暖 舒适 舒服 柔软 实用 好看 漂亮 优雅 大方 时尚 明亮 清新 自然 别致 独特 有趣 轻松 方便 日常 平时 每天 生活 家里 家用
    家人 家 厨房 卧室 客厅 书房 办公 桌面 户外 室内 出门 出行 旅行 生日 节日 礼物 送礼 送给 送 朋友 女友 男友 妈妈 爸爸 孩子 同事 长辈 收到
    使用 用来 用 放在 放 摆放 摆 拿来 拿 做 当作 作为 带来 带 让 给 把 在 上 下 里 中 外 大 小 多 少 长 短 高 低 轻 重 新 好 也许 可能
    一些 一点 稍微 更加 非常 十分 特别 尤其 比较 相对 最 都是 都有 均 就 只 已 再 又 先 后 前 时候 时 的话 之一 之 等 等等 以及 并且 并 符合
    满足 要求 需求 需要 条件 标注 注明 说明 商品 产品 东西 列出 上面 下面 以上 以下 接近 差一点 缺少 未 如下 请 告诉 问 问题 回答 缩小 范围
    希望 感觉 觉得 显得 看起来 属于 来自 同款 系列 组合 套装 一套 一件 一份 心意 氛围 空间 装饰 点缀 颜 色 款 个 件 种 套 双 条 只 张 把 为
    从 到 对 于 以 及 其 此 若 则 即 既 且 吗 呢 吧 啊 哦 嗯 哪 什么 怎么 如何 为什么 谁 多种 各 每 自己 本 该 人 们 年 月 天 日 不错 值得
    """.split()
)
