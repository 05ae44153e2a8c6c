"""Words of colour, material, pattern and collection in titles, and the value each stands for.

Keys are singular capitals as `words_of` gives them; several words are one key. Longer keys are tried first, and a
word used by one key is not used again, so "rose pink" is pink and no rose, and "ice cream" is no colour.
"""

from __future__ import annotations

NOT_A_COLOUR: tuple[str, ...] = (
    "ICE CREAM", "CREAM SLICE", "ORANGE SQUEEZER", "ORANGE SCENTED", "& ORANGE WREATH", "ORANGE VOTIVE", "MINT CHOC",
    "HERB MARKER MINT", "WHITE SAGE", "BLACKBOARD", "BLACK BOARD", "RED RIDING HOOD", "LADY IN RED", "GREEN PEAR",
    "LILAC VOTIVE", "LAVENDER BOTANICAL", "LAVENDER INCENSE", "LAVENDER SCENT", "LAVENDER SCENTED",
    "LAVENDER TOILETTE", "BOTANICAL LAVENDER", "FRENCH LAVENDER", "ORIGAMI LAVENDER", "SPRIG LAVENDER",
    "MILK CHOCOLATE", "CHOCOLATE LOVE HEART", "CHOCOLATE THIS WAY", "THE CHOCOLATE", "MOULD CHOCOLATE",
    "TOFFEE CUP CHOCOLATE", "CHOCOLATE TRUFFLE", "CHOCOLATE BOX", "CHOCOLATE 1 WICK", "CHOCOLATE 3 WICK",
    "GRAND CHOCOLATE", "WHITE CHOCOLATE", "CARD SILVER", "CRYSTAL STUD EARRING", "PEACH KNITTED", "BAZAAR PEACH",
    "HEART OF GOLD", "CHERRY BLOSSOM", "BLACK CHERRY", "RUBY EMBROIDERED", "REEL RUBY", "JET SET",
)  # fmt: skip
"""Phrases with a colour word in them that name a flavour, a scent, a thing or a person."""

COLOURS: dict[str, str] = {
    "RED": "red", "BURGUNDY": "red", "RUBY": "red", "RASPBERRY": "red", "PINK": "pink", "FUCHSIA": "pink",
    "HOT PINK": "pink", "ROSE PINK": "pink", "ROSE COLOUR": "pink", "LIGHT ROSE": "pink", "BABY PINK": "pink",
    "PALE PINK": "pink", "LIGHT PINK": "pink", "DUSTY PINK": "pink", "SOFT PINK": "pink", "PASTEL PINK": "pink",
    "ROSE PENDANT": "pink", "OLD ROSE": "pink", "ORANGE": "orange", "PEACH": "orange", "AMBER": "orange",
    "YELLOW": "yellow", "TOPAZ": "yellow", "LIGHT TOPAZ": "yellow", "GREEN": "green", "MINT": "green",
    "MINT GREEN": "green", "LIME": "green", "LIME GREEN": "green", "JADE": "green", "JADE GREEN": "green",
    "OLIVE": "green", "OLIVE GREEN": "green", "PISTACHIO": "green", "EAU DE NIL": "green", "LIGHT GREEN": "green",
    "PERIDOT": "green", "BLUE": "blue", "MIDNIGHT BLUE": "blue", "LIGHT BLUE": "blue", "DARK BLUE": "blue",
    "SKY BLUE": "blue", "PALE BLUE": "blue", "MID BLUE": "blue", "PASTEL BLUE": "blue", "MONTANA": "blue",
    "FRENCH BLUE": "blue", "TURQUOISE": "turquoise", "TEAL": "turquoise", "AQUA": "turquoise", "PURPLE": "purple",
    "LILAC": "purple", "LAVENDER": "purple", "AMETHYST": "purple", "PURPLE AMETHYST": "purple", "BROWN": "brown",
    "CHOCOLATE": "brown", "BLACK": "black", "JET": "black", "JET BLACK": "black", "COAL BLACK": "black",
    "BLACK DIAMOND": "black", "WHITE": "white", "OPAL WHITE": "white", "ANTIQUE WHITE": "white", "IVORY": "ivory",
    "CREAM": "cream", "GREY": "grey", "SMOKEY GREY": "grey", "GOLD": "gold", "SILVER": "silver", "COPPER": "copper",
    "BRONZE": "bronze", "CLEAR": "clear", "NATURAL": "natural", "MULTICOLOUR": "multicolour",
    "COLOURFUL": "multicolour", "RAINBOW": "multicolour", "PASTEL COLOUR": "multicolour",
    "COLOURED PARTY": "multicolour",
}  # fmt: skip
MATERIALS: dict[str, str] = {
    "GLASS": "glass", "CUTGLASS": "glass", "SWIRLGLASS": "glass", "CERAMIC": "ceramic", "PORCELAIN": "porcelain",
    "BONE CHINA": "bone china", "WOOD": "wood", "WOODEN": "wood", "BAMBOO": "bamboo", "WICKER": "wicker",
    "METAL": "metal", "ZINC": "zinc", "ENAMEL": "enamel", "CAST IRON": "iron", "STEEL": "steel", "BRASS": "brass",
    "ALUMINIUM": "aluminium", "CHROME": "chrome", "WIRE": "wire", "PAPER": "paper", "FOIL": "foil",
    "CARD KRAFT": "card", "FELT": "felt", "FELTCRAFT": "felt", "COTTON": "cotton", "LINEN": "linen", "SILK": "silk",
    "VELVET": "velvet", "SUEDE": "suede", "CANVAS": "canvas", "DENIM": "denim", "CHENILLE": "chenille",
    "POLYESTER": "polyester", "KNITTED": "knitted", "CROCHET": "crochet", "LACE": "lace", "FABRIC": "fabric",
    "FAUX FUR": "faux fur", "FEATHER": "feather", "RAFFIA": "raffia", "ACRYLIC": "acrylic", "PLASTIC": "plastic",
    "MELAMINE": "melamine", "RESIN": "resin", "SILICON": "silicone", "SLATE": "slate", "STONE": "stone",
    "GEMSTONE": "gemstone", "CRYSTAL": "crystal", "DIAMANTE": "diamante", "PEARL": "pearl",
    "MOTHER OF PEARL": "mother of pearl", "SHELL": "shell", "BEAD": "beads", "BEADED": "beads",
    "CAMPHOR WOOD": "wood", "CAPIZ": "capiz",
}  # fmt: skip
NOT_A_MATERIAL: tuple[str, ...] = (
    "PAINTED SEA SHELL METAL", "CLAM SHELL", "SCALLOP SHELL", "COCKLE SHELL", "COTTON WOOL", "DRAWING SLATE",
    "PAPERWEIGHT", "WINE GLASS", "CARD PAPER", "WIRE FOR CANDLE", "WRAPPING PAPER", "GLASSES CASE",
)  # fmt: skip

PATTERNS: dict[str, str] = {
    "RETROSPOT": "polka dots", "RETRO SPOT": "polka dots", "POLKADOT": "polka dots", "POLKA DOT": "polka dots",
    "POLKA": "polka dots", "SPOT": "polka dots", "SPOTTY": "polka dots", "SPOTTED": "polka dots", "DOT": "polka dots",
    "PAISLEY": "paisley", "GINGHAM": "gingham", "CHECK": "checks", "STRIPE": "stripes", "STRIPEY": "stripes",
    "STRIPY": "stripes", "UNION JACK": "Union Jack", "UNION FLAG": "Union Jack", "UNION STRIPE": "Union Jack",
    "SKULL": "skulls", "CROSSBONE": "skulls", "CAMOUFLAGE": "camouflage", "CAMO": "camouflage", "HEART": "hearts",
    "SWEETHEART": "hearts", "STAR": "stars", "ROSE": "roses", "ROSEBUD": "roses", "FLOWER": "flowers",
    "FLORAL": "flowers", "DAISY": "flowers", "PEONY": "flowers", "POPPY": "flowers", "BLOSSOM": "flowers",
    "CHRYSANTHEMUM": "flowers", "FRANGIPANI": "flowers", "LILY": "flowers", "LEAF": "leaves", "FERN": "leaves",
    "BOTANICAL": "botanical", "DOILY": "doily lace", "LATTICE": "lattice", "BUTTERFLY": "butterflies",
    "BIRD": "birds", "LOVEBIRD": "birds", "LOVE BIRD": "birds", "SWALLOW": "birds", "OWL": "owls", "CAT": "cats",
    "KITTEN": "cats", "DOG": "dogs", "SCOTTIE": "dogs", "RABBIT": "rabbits", "BUNNY": "rabbits",
    "ELEPHANT": "elephants", "FAIRY CAKE": "cakes", "CUPCAKE": "cakes", "CAKE": "cakes", "STRAWBERRY": "strawberries",
    "CHERRY": "cherries", "APPLE": "apples", "PEAR": "pears", "FRUIT": "fruit", "TOADSTOOL": "toadstools",
    "MUSHROOM": "toadstools", "DINOSAUR": "dinosaurs", "ALPHABET": "letters", "BABUSHKA": "Russian dolls",
    "SNOWFLAKE": "snowflakes", "REINDEER": "reindeer", "ROBIN": "robins", "BAROQUE": "baroque",
    "FILIGREE": "filigree", "MOSAIC": "mosaic", "FLOCK": "flock", "JEWELLED": "jewels", "HOLLY": "holly",
    "ANGEL": "angels",
}  # fmt: skip
NOT_A_PATTERN: tuple[str, ...] = (
    "CAKE TIN", "CAKE STAND", "CAKE CASE", "CAKE PLATE", "CAKE FORK", "CAKE SLICE", "CAKE CARRIER", "CAKE COVER",
    "CAKE DECORATION", "CAKE FRILL", "CAKE TOWEL", "CAKE BAKING", "CAKE CANDLE", "SPACE OWL", "CAT BOWL", "DOG BOWL",
    "CAT FOOD", "DOG FOOD", "DOG COLLAR", "BIRD FEEDER", "BIRD TABLE", "BIRD HOUSE", "ROSE DU SUD", "CHOPPING BOARD",
    "CAKE CHOPSTICK", "STAR PORTABLE", "PICTURE DOMINO", "POPPY PLAYHOUSE",
)  # fmt: skip

COLLECTIONS: dict[str, str] = {
    "SPACEBOY": "Spaceboy", "DOLLY GIRL": "Dolly Girl", "CIRCUS PARADE": "Circus Parade", "WOODLAND": "Woodland",
    "SUKI": "Suki", "I LOVE LONDON": "I Love London", "PANTRY": "Pantry", "REGENCY": "Regency",
    "CHARLIE AND LOLA": "Charlie and Lola", "TUTTI FRUTTI": "Tutti Frutti", "HOME SWEET HOME": "Home Sweet Home",
    "KEEP CALM": "Keep Calm", "MAGIC GARDEN": "Magic Garden", "PAISLEY PARK": "Paisley Park",
    "ENGLISH ROSE": "English Rose", "DANISH ROSE": "Danish Rose", "ROSE DU SUD": "Rose du Sud",
    "TEA TIME": "Tea Time", "TEATIME": "Tea Time", "KINGS CHOICE": "Kings Choice", "POTTING SHED": "Potting Shed",
    "DAIRY MAID": "Dairy Maid", "MA CAMPAGNE": "Ma Campagne", "BUFFALO BILL": "Buffalo Bill", "GYMKHANA": "Gymkhana",
    "BILLBOARD": "Billboard", "VINTAGE DOILY": "Vintage Doily", "VINTAGE LEAF": "Vintage Leaf",
    "SKETCHBOOK MAGNETIC": "Sketchbook", "TUSCAN VILLA": "Tuscan Villa", "PARISIENNE": "Parisienne",
    "BROCANTE": "Brocante", "FOLK ART": "Folk Art", "EMPIRE": "Empire", "LAS VEGAS": "Las Vegas", "ORBIT": "Orbit",
    "MURANO": "Murano Style", "BOUDICCA": "Boudicca", "VINTAGE PAISLEY": "Vintage Paisley",
    "FUNKY MONKEY": "Funky Monkey", "PING MICROWAVE": "Ping Microwave", "WILLIE WINKIE": "Willie Winkie",
    "SCANDINAVIAN": "Scandinavian", "PLAYHOUSE": "Poppy's Playhouse", "HENRIETTA HEN": "Henrietta Hen",
    "VINTAGE CHRISTMAS": "Vintage Christmas", "50'S CHRISTMAS": "50's Christmas", "50 CHRISTMAS": "50's Christmas",
    "JARDIN": "Jardin", "BOTANICAL": "Botanical",
}  # fmt: skip

SEASONS: dict[str, str] = {
    "CHRISTMAS": "christmas", "SANTA": "christmas", "REINDEER": "christmas", "BAUBLE": "christmas",
    "ADVENT": "christmas", "NATIVITY": "christmas", "YULETIDE": "christmas", "NOEL": "christmas",
    "SNOWMAN": "christmas", "SNOWMEN": "christmas", "MISTLETOE": "christmas", "HOLLY": "christmas",
    "RUDOLPH": "christmas", "3 WISE MEN": "christmas", "PANETTONE": "christmas", "JINGLE BELL": "christmas",
    "SLEIGH": "christmas", "SLEIGH BELL": "christmas", "DECK THE HALL": "christmas", "12 DAY": "christmas",
    "SNOWY ROBIN": "christmas", "CHEERFUL ROBIN": "christmas", "POINSETTIA": "christmas",
    "GOOSE FEATHER TREE": "christmas", "WISE MAN": "christmas", "SNOW PEAR TREE": "christmas",
    "TREE DECORATION": "christmas", "ICICLE": "christmas", "TINSEL": "christmas", "STOCKING": "christmas",
    "EASTER": "easter", "FLUFFY CHICK": "easter", "HEN AND CHICK IN BASKET": "easter",
    "CHICK & EGG IN BASKET": "easter", "HALLOWEEN": "halloween", "VALENTINE": "valentine",
}  # fmt: skip

SIZES: dict[str, str] = {
    "TINY": "mini", "MINI": "mini", "MINIATURE": "mini", "SMALL": "small", "MEDIUM": "medium", "LARGE": "large",
    "BIG": "large", "JUMBO": "extra large", "GIANT": "extra large", "A4": "A4", "A5": "A5", "A6": "A6", "A7": "A7",
}  # fmt: skip

STYLES: dict[str, str] = {
    "VINTAGE": "vintage", "RETRO": "retro", "ANTIQUE": "antique", "RUSTIC": "rustic", "MODERN": "modern",
    "FRENCH": "French", "VICTORIAN": "Victorian", "EDWARDIAN": "Edwardian", "GEORGIAN": "Georgian",
    "MOROCCAN": "Moroccan", "MEDINA": "Moroccan", "CLASSIC": "classic", "CLASSICAL": "classic", "ROCOCO": "rococo",
    "ART DECO": "art deco", "BAROQUE": "baroque", "TRADITIONAL": "traditional", "FUNKY": "funky",
    "POP ART": "pop art",
}  # fmt: skip

AUDIENCES: dict[str, str] = {
    "CHILDREN": "children", "CHILD": "children", "KIDS": "children", "BABY": "babies", "BOY": "children",
    "GIRL PARTY BAG": "children",
}  # fmt: skip

EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "COLOURS": NOT_A_COLOUR,
    "MATERIALS": NOT_A_MATERIAL,
    "PATTERNS": NOT_A_PATTERN,
}
"""Table name -> phrases that look like one of its words and are not."""
