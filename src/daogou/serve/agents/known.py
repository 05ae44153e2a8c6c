"""Which assistant says it is calling: a name from a short list, for figures and the log. Nobody proves it.

profile  the address it names in meta["ucp-agent"], user_agent what its HTTP client says.
"""

from __future__ import annotations

from urllib.parse import urlsplit

BY_DOMAIN = {
    "openai.com": "openai",
    "chatgpt.com": "openai",
    "anthropic.com": "anthropic",
    "claude.ai": "anthropic",
    "google.com": "google",
    "perplexity.ai": "perplexity",
    "microsoft.com": "microsoft",
    "amazon.com": "amazon",
    "shopify.com": "shopify",
    "mistral.ai": "mistral",
    "baidu.com": "baidu",
    "alibaba.com": "alibaba",
    "bytedance.com": "bytedance",
    "deepseek.com": "deepseek",
    "moonshot.cn": "moonshot",
}
"""Whom the profile belongs to, by the end of its host name."""

BY_WORD = {"chatgpt": "openai", "oai-": "openai", "gptbot": "openai", "claude": "anthropic", "google": "google",
           "perplexity": "perplexity", "bing": "microsoft", "copilot": "microsoft"}  # fmt: skip
OTHER = "other"
UNNAMED = "unnamed"


def agent_name(profile: str, user_agent: str) -> str:
    """One of the names above, `other` for an assistant that is none of them, `unnamed` where none is named."""
    try:
        host = (urlsplit(profile).hostname or "").lower()
    except ValueError:
        host = ""
    if host:
        return next((name for end, name in BY_DOMAIN.items() if host == end or host.endswith(f".{end}")), OTHER)
    said = user_agent.lower()
    return next((name for word, name in BY_WORD.items() if word in said), UNNAMED)
