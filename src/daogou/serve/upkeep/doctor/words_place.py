"""What the doctor says about the place a shop lies in: what was seen, why it matters, and what to do, per language."""

from __future__ import annotations

from collections.abc import Mapping

PLACE_WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "settings_unreadable": {
        "en": (
            "The settings cannot be read: {reason}",
            "No command and no server starts with them.",
            "Correct shop.toml in {shop}; see docs/settings.md; then: daogou shop show --shop {shop}",
        ),
        "zh": (
            "设置无法读取：{reason}",
            "所有命令和服务都无法启动。",
            "修改 {shop} 中的 shop.toml，可用设置见 docs/settings.md；用 `daogou shop show --shop {shop}` 检验。",
        ),
    },
    "check_failed": {
        "en": (
            "The check '{check}' could not be made: {reason}",
            "What it looks for may be wrong unseen.",
            "Mend what is named, then run the doctor again.",
        ),
        "zh": ("检查“{check}”无法进行：{reason}", "它要发现的问题可能被漏掉。", "先解决上述问题，再运行一次。"),
    },
    "folder_not_writable": {
        "en": (
            "{path} cannot be written by this account: {reason}.",
            "Nothing can be stored: events are refused, training and backups fail.",
            'ls -ld {path}; then let the server\'s account own it: chown -R "$USER" {path}',
        ),
        "zh": (
            "当前账户无法写入 {path}：{reason}。",
            "什么都存不下：事件被拒绝，训练和备份失败。",
            'ls -ld {path}；再把它交给运行服务的账户：chown -R "$USER" {path}',
        ),
    },
    "secret_readable": {
        "en": (
            "{path} can be read by others (mode {mode}).",
            "Whoever reads what keys are hashed with can try keys offline.",
            "chmod 600 {path}",
        ),
        "zh": (
            "其他账户可以读取 {path}（权限 {mode}）。",
            "读到密钥的散列材料就可以离线试探密钥。",
            "chmod 600 {path}",
        ),
    },
    "disk_nearly_full": {
        "en": (
            "The disk of {path} has {megabytes} MB free, {share} %.",
            "On a full disk events are refused until there is room, and a training or backup cannot be written.",
            "Free some space; old events leave the database with `daogou compact --prune-days 90 --shop {shop}`.",
        ),
        "zh": (
            "{path} 所在磁盘只剩 {megabytes} MB（{share} %）。",
            "磁盘写满后事件会被拒绝，训练和备份也写不下。",
            "清理磁盘；旧事件可用 `daogou compact --prune-days 90 --shop {shop}` 移出数据库。",
        ),
    },
    "files_in_the_future": {
        "en": (
            "Files of the shop are {seconds} s newer than this machine's clock.",
            "The clock went back: lists by recency, campaigns and trends are wrong, and backups sort wrongly.",
            "timedatectl status; then switch on time synchronisation: timedatectl set-ntp true",
        ),
        "zh": (
            "店铺文件的时间比本机时钟晚 {seconds} 秒。",
            "时钟倒退：按时间的列表、活动和趋势会出错，备份排序也会乱。",
            "timedatectl status；再打开时间同步：timedatectl set-ntp true",
        ),
    },
    "clock_apart": {
        "en": (
            "The database's clock and this machine's are {seconds} s apart.",
            "Events get wrong times, or are refused as coming from the future.",
            "Synchronise both machines: timedatectl set-ntp true",
        ),
        "zh": (
            "数据库时钟与本机相差 {seconds} 秒。",
            "事件时间会错，或因“来自未来”被拒绝。",
            "两台机器都打开时间同步：timedatectl set-ntp true",
        ),
    },
    "keys_unreadable": {
        "en": (
            "The list of keys cannot be read: {reason}",
            "No call with a key is answered.",
            "Put keys.json back from a backup, see docs/operation/restore.md.",
        ),
        "zh": (
            "密钥清单无法读取：{reason}",
            "带密钥的调用都无法应答。",
            "从备份恢复 keys.json，见 docs/operation/restore.md。",
        ),
    },
    "no_keys": {
        "en": (
            "There is no API key.",
            "Nobody can send events or ask for lists over HTTP.",
            "daogou key new --scope secret --shop {shop}",
        ),
        "zh": (
            "没有任何 API 密钥。",
            "无法通过 HTTP 发送事件或请求列表。",
            "daogou key new --scope secret --shop {shop}",
        ),
    },
    "pepper_missing": {
        "en": (
            "What the {keys} keys are hashed with is not there: no key.pepper and no DAOGOU_KEY_PEPPER.",
            "Every key is refused, and the next start makes a new pepper that fits none of them.",
            "Put {shop}/key.pepper back or set DAOGOU_KEY_PEPPER before starting; else make new keys.",
        ),
        "zh": (
            "找不到 {keys} 个密钥的散列材料：没有 key.pepper，也没有 DAOGOU_KEY_PEPPER。",
            "所有密钥都会被拒绝，下次启动还会生成不匹配的新材料。",
            "启动前放回 {shop}/key.pepper 或设置 DAOGOU_KEY_PEPPER；否则重新生成密钥。",
        ),
    },
    "key_old": {
        "en": (
            "The {scope} key {key} is {days} days old.",
            "The longer a key lives, the more copies of it there are.",
            "Make another, change over, then: daogou key revoke {key} --shop {shop}",
        ),
        "zh": (
            "{scope} 密钥 {key} 已用 {days} 天。",
            "密钥用得越久，流传的副本越多。",
            "生成新密钥并切换，然后：daogou key revoke {key} --shop {shop}",
        ),
    },
    "key_never_used": {
        "en": (
            "The {scope} key {key} was never used.",
            "A key nobody needs can only do harm.",
            "daogou key revoke {key} --shop {shop}",
        ),
        "zh": (
            "{scope} 密钥 {key} 从未使用。",
            "没人需要的密钥只会带来风险。",
            "daogou key revoke {key} --shop {shop}",
        ),
    },
    "audit_changed": {
        "en": (
            "The audit log was changed after it was written ({faults} faults): {first}",
            "Somebody with access to the files wanted something not to be seen.",
            "daogou audit verify --shop {shop}; compare with the log in the backups, and change all admin keys.",
        ),
        "zh": (
            "审计日志写入后被改动（{faults} 处）：{first}",
            "有人能接触文件并想掩盖什么。",
            "daogou audit verify --shop {shop}；与备份中的日志比较，并更换所有 admin 密钥。",
        ),
    },
    "no_backup": {
        "en": (
            "There is no complete backup in {place}.",
            "A lost disk is a lost shop.",
            "daogou backup create --shop {shop}; let a timer do it, see docs/operation/backup.md.",
        ),
        "zh": (
            "{place} 中没有完整的备份。",
            "磁盘坏了，店就没了。",
            "daogou backup create --shop {shop}；请用定时任务，见 docs/operation/backup.md。",
        ),
    },
    "backup_old": {
        "en": (
            "The newest backup is {hours} hours old.",
            "What happened since is lost with the disk; the timer may have stopped.",
            "daogou backup create --shop {shop}; then look at the timer: systemctl list-timers",
        ),
        "zh": (
            "最新的备份已是 {hours} 小时前。",
            "此后的数据会随磁盘丢失，定时任务可能停了。",
            "daogou backup create --shop {shop}；再检查定时任务：systemctl list-timers",
        ),
    },
    "backup_unusable": {
        "en": (
            "The backup {backup} cannot be used: {reason}",
            "It counts for nothing when it is needed.",
            "daogou backup create --shop {shop}; then delete the unusable one.",
        ),
        "zh": (
            "备份 {backup} 无法使用：{reason}",
            "需要时它毫无用处。",
            "daogou backup create --shop {shop}；然后删除不可用的备份。",
        ),
    },
    "backup_same_disk": {
        "en": (
            "The backups in {place} lie on the same disk as the shop.",
            "One broken disk takes both.",
            "Set [backup] folder to another disk, or copy {place} to another machine after each backup.",
        ),
        "zh": (
            "{place} 中的备份与店铺在同一块磁盘上。",
            "一块磁盘坏掉，两者都会丢失。",
            "把 [backup] folder 设到另一块磁盘，或每次备份后把 {place} 复制到其他机器。",
        ),
    },
    "extra_missing": {
        "en": (
            "{library} is not installed, which {purpose} needs.",
            "That part fails or is left out at the next training or start.",
            "pip install 'daogou[{extra}]'",
        ),
        "zh": (
            "未安装 {library}，而 {purpose} 需要它。",
            "下次训练或启动时这部分会失败或被略过。",
            "pip install 'daogou[{extra}]'",
        ),
    },
}
