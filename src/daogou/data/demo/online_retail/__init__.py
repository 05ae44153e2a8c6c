"""Demo shop: a year of a real British gift shop, cleaned by written rules and counted to the last row.

Source: D. Chen, "Online Retail", UCI Machine Learning Repository 2015, doi 10.24432/C5BW33, CC BY 4.0.
"""

from daogou.data.demo.online_retail.catalogue import items
from daogou.data.demo.online_retail.lines import Accounting, accounting
from daogou.data.demo.online_retail.purchases import events, n_events
from daogou.data.demo.online_retail.shop import shop_settings
from daogou.data.demo.online_retail.translations import ATTRIBUTE_ZH, CATEGORY_ZH

__all__ = ["ATTRIBUTE_ZH", "CATEGORY_ZH", "Accounting", "accounting", "events", "items", "n_events", "shop_settings"]
