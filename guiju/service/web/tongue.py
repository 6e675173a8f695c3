"""The tongue in which a page answers: the switch, else the browser's wish, else Chinese."""

from starlette.requests import Request

from guiju.terms.tongue import Tongue

__all__ = ["COOKIE", "tongue_of", "wished"]

COOKIE = "guiju_lang"


def tongue_of(request: Request) -> Tongue:
    """By `?lang=`, the cookie of the switch, or Accept-Language."""
    for said in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if said in ("zh", "en"):
            return Tongue(said)
    return wished(request.headers.get("accept-language", ""))


def wished(header: str) -> Tongue:
    """The tongue that a browser likes best of the two; Chinese where it likes neither."""
    best, weight = Tongue.ZH, 0.0
    for part in header[:400].split(","):
        name, _, quality = part.strip().partition(";")
        try:
            value = float(quality.strip().removeprefix("q=")) if quality.strip() else 1.0
        except ValueError:
            continue
        tongue = next((one for one in Tongue if name.lower().split("-")[0] == one.value), None)
        if tongue is not None and value > weight:
            best, weight = tongue, value
    return best
