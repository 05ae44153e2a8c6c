"""Who acts like a program: figures of every shopper's behaviour, rules over them, and the marks that follow."""
