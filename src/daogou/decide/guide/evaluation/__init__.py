"""How good the guide is: held-out utterances, simulated shoppers, and whether every word of a reply is true."""
