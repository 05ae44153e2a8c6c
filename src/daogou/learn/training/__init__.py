"""From a dataset to a published release: split, fit, mix, evaluate, refit, publish."""
