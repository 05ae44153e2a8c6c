"""From one query to one slate: retrieve, gate, blend, apply the shop's rules, and say why."""
