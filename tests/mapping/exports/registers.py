"""Register numbers and VAT numbers that are right by their check digits, made at random.

The rules are those of the registers: CVR and Norway's organisasjonsnummer modulo 11, Sweden's and France's by Luhn,
Spain's NIF with its own control, Germany's USt-IdNr. by ISO 7064 modulo 11, 10, Britain's VAT modulo 97.
"""

import random
from collections.abc import Sequence


def digits(chance: random.Random, count: int, first: str = "123456789") -> str:
    """Give so many digits at random, the first of them out of some."""
    return chance.choice(first) + "".join(chance.choice("0123456789") for _ in range(count - 1))


def _modulo_11(chance: random.Random, weights: Sequence[int], first: str) -> str:
    while True:
        number = digits(chance, len(weights), first)
        rest = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11
        if rest != 1:
            return number + str(-rest % 11)


def _luhn(number: str) -> str:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(number))]
    return number + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def cvr(chance: random.Random) -> str:
    """Give a Danish CVR number."""
    return _modulo_11(chance, (2, 7, 6, 5, 4, 3, 2), "1234")


def norwegian(chance: random.Random) -> str:
    """Give a Norwegian organisasjonsnummer."""
    return _modulo_11(chance, (3, 2, 7, 6, 5, 4, 3, 2), "89")


def swedish(chance: random.Random) -> str:
    """Give a Swedish organisationsnummer, with its hyphen."""
    number = _luhn("55" + digits(chance, 7, "6789"))
    return f"{number[:6]}-{number[6:]}"


def siren(chance: random.Random) -> str:
    """Give a French SIREN number."""
    return _luhn(digits(chance, 8, "3458"))


def siret(chance: random.Random) -> str:
    """Give a French SIRET number, in groups as it is usually written."""
    number = _luhn(siren(chance) + "000" + digits(chance, 1))
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"


def nif(chance: random.Random) -> str:
    """Give the NIF of a Spanish company, formerly CIF."""
    number = digits(chance, 7, "0123456789")
    odd = [int(digit) * 2 for digit in number[::2]]
    total = sum(value // 10 + value % 10 for value in odd) + sum(int(digit) for digit in number[1::2])
    return f"{chance.choice('AB')}{number}{-total % 10}"


def german_vat(chance: random.Random) -> str:
    """Give a German USt-IdNr."""
    number, product = digits(chance, 8), 10
    for digit in number:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return f"DE{number}{(11 - product) % 10}"


def dutch_vat(chance: random.Random) -> str:
    """Give a Dutch btw-nummer."""
    while True:
        number = digits(chance, 8)
        rest = sum(int(digit) * weight for digit, weight in zip(number, range(9, 1, -1), strict=True)) % 11
        if rest < 10:
            return f"NL{number}{rest}B01"


def british_vat(chance: random.Random) -> str:
    """Give a British VAT number."""
    number = digits(chance, 7)
    total = sum(int(digit) * weight for digit, weight in zip(number, range(8, 1, -1), strict=True))
    return f"GB {number[:3]} {number[3:]} {-total % 97:02d}"


def register_number(chance: random.Random, region: str) -> str:
    """Give a company's number in the register of companies of its country."""
    makers = {"DK": cvr, "SE": swedish, "NO": norwegian, "FR": siren, "ES": nif}
    if region in makers:
        return makers[region](chance)
    return {"DE": f"HRB {digits(chance, 5)}", "GB": digits(chance, 8, "01"), "US": f"{digits(chance, 2)}-"}.get(
        region, digits(chance, 8)
    ) + (digits(chance, 7) if region == "US" else "")


def vat_number(chance: random.Random, region: str) -> str:
    """Give a company's number for value-added tax."""
    match region:
        case "DK":
            return f"DK{cvr(chance)}"
        case "SE":
            return f"SE{swedish(chance).replace('-', '')}01"
        case "NO":
            return f"NO {norwegian(chance)} MVA"
        case "FR":
            number = siren(chance)
            return f"FR{(12 + 3 * (int(number) % 97)) % 97:02d}{number}"
        case "ES":
            return f"ES{nif(chance)}"
        case "DE":
            return german_vat(chance)
        case "NL":
            return dutch_vat(chance)
        case _:
            return british_vat(chance)
