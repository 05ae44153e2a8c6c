"""The way out to a language model: imported only where [language_model] names one."""
