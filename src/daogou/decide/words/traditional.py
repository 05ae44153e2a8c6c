"""Traditional Chinese characters that shops and shoppers use, with the simplified ones; the rarest are not here.

Each pair stands at the same place of the two texts. Characters that have several simplified forms by meaning are left
out unless one of them is nearly always meant.
"""

from __future__ import annotations

TRADITIONAL = "愛礙襖罷壩擺頒辦幫綁寶報鮑備貝憊輩筆閉畢幣編變邊標錶彆賓餅撥補佈財參殘燦蒼艙倉層產闡場嘗長腸廠車徹塵襯稱"
SIMPLE = "爱碍袄罢坝摆颁办帮绑宝报鲍备贝惫辈笔闭毕币编变边标表别宾饼拨补布财参残灿苍舱仓层产阐场尝长肠厂车彻尘衬称"

SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLE)
"""For `str.translate`."""
