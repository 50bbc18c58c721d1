"""Letters that Unicode does not take apart, in the Latin letters that stand for them."""

PLAIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "ħ": "h",
    "ı": "i",
    "ĸ": "k",
    "ŋ": "n",
    "ŧ": "t",
    "ſ": "s",
    "ə": "e",
}
