#!/usr/bin/env python3
"""A second recount, in another language, written from docs/PROTOCOL.md with nothing but Python's standard library.

    python3 interop/check.py                       every row of interop/cases.json
    python3 interop/check.py SOURCE --workforce ID [--known FILE]
    python3 interop/check.py --remake              the valid set's endorsements and interop/invitation.json once more, from
                                                   the phrases' entropy

It is there to find places where the protocol says less than our own verifier knows. It is slow and goes on after a failure only
as far as is easy: a row passes if every code in `expect` is found, and where `expect` is empty, if nothing is found and
the counts are those of the row. Section numbers below are those of PROTOCOL.md.
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import sys
import unicodedata
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))


class Refused(Exception):
    """What is read is not in its format."""


# ------------------------------------------------------------------------------------------------ bytes (§1)


def b64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64url(text, length=None):
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        raise Refused("base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64url(data) != text or (length is not None and len(data) != length):
        raise Refused("base64url")
    return data


def unb64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused("base64") from error
    if base64.b64encode(data).decode() != text:
        raise Refused("base64")
    return data


def canonical(value):
    """RFC 8785 for what the protocol has: no fractions."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def encode(value):
    return canonical(value).encode()


def no_number(_):
    raise Refused("a number that is no integer")


def parse(data, most):
    if len(data) > most:
        raise Refused("too long")
    try:
        value = json.loads(data.decode(), parse_float=no_number, parse_constant=no_number)
        same = encode(value) == data
    except (ValueError, RecursionError) as error:
        raise Refused("JSON") from error
    if not same or not is_nfc(value):
        raise Refused("not canonical")
    return value


def is_nfc(value):
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value)
    if isinstance(value, list):
        return all(is_nfc(item) for item in value)
    return not isinstance(value, dict) or all(is_nfc(k) and is_nfc(v) for k, v in value.items())


def message(thing, data):
    return f"undersigned/{thing}/v1\n".encode() + data


def named(thing, data):
    return b64url(hashlib.sha256(message(thing, data)).digest())


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def day_number(day):
    return datetime.date.fromisoformat(day).toordinal()


# ---------------------------------------------------------------------------------------------- formats (§3, §4, §7, §8)


def want(condition):
    if not condition:
        raise Refused("a field")


def integer(low=0, high=2**53 - 1):
    return lambda value: want(type(value) is int and low <= value <= high)


def exactly(expected):
    return lambda value: want(type(value) is type(expected) and value == expected)


def one_of(*options):
    return lambda value: want(isinstance(value, str) and value in options)


def blob(length):
    return lambda value: unb64url(value, length)


def any_blob(value):
    want(isinstance(value, str) and value != "")
    unb64url(value)


def boolean(value):
    want(isinstance(value, bool))


def nullable(inner):
    return lambda value: value is None or inner(value)


def text(low, high, lines=False):
    def check(value):
        want(isinstance(value, str) and low <= len(value) <= high)
        want(not any(unicodedata.category(c) in ("Cc", "Cs") and not (lines and c == "\n") for c in value))
        want(not re.search("[\u202a-\u202e\u2066-\u2069]", value))

    return check


def matching(pattern):
    return lambda value: want(isinstance(value, str) and re.fullmatch(pattern, value) is not None)


def shown(value):
    """§7, last paragraph."""
    text(1, 100)(value)
    for at, c in enumerate(value):
        if c in "\u200c\u200d":
            around = [value[at - 1] if at else " ", value[at + 1] if at + 1 < len(value) else " "]
            want(all(unicodedata.category(near)[0] in "LM" for near in around))
        else:
            want(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
            want(c == " " or unicodedata.category(c) != "Zs")
        want(c not in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
        if "\ufe00" <= c <= "\ufe0f" or "\u180b" <= c <= "\u180d" or c == "\u180f" or "\U000e0100" <= c <= "\U000e01ef":
            before = unicodedata.name(value[at - 1], "") if at else ""
            want(before.startswith(("CJK ", "KANGXI ", "IDEOGRAPHIC ", "MONGOLIAN ")))
    want(value == value.strip(" ") and "  " not in value)
    run = 0
    for c in value:
        run = run + 1 if unicodedata.category(c)[0] == "M" else 0
        want(run <= 4)


def a_day(value):
    want(isinstance(value, str) and re.fullmatch(r"[2-9]\d{3}-\d\d-\d\d", value) is not None)
    try:
        day_number(value)
    except ValueError as error:
        raise Refused("a day") from error


def list_of(inner, low, high, key=None):
    def check(value):
        want(isinstance(value, list) and low <= len(value) <= high)
        for item in value:
            inner(item)
        if key is not None:
            keys = [key(item).encode("utf-16-be") for item in value]
            want(all(a < b for a, b in zip(keys, keys[1:])))

    return check


def shape(**fields):
    def check(value):
        want(isinstance(value, dict) and set(value) == set(fields))
        for name, inner in fields.items():
            inner(value[name])

    return check


def itself(item):
    return item


HASH = KEY = blob(32)
SIG = blob(64)
V1 = exactly(1)
CLASS = one_of("mailbox", "vouched")
KINDS = {"existing-mail": "mailbox", "mailbox-code": "mailbox", "vouch": "vouched"}
KIND = one_of(*KINDS)
SUITE = exactly("RSABSSA-SHA384-PSS-Randomized-2048+Ed25519")
EPOCH = integer(1, 65535)
SLOT = integer(0, 15)
PER_CLASS = shape(mailbox=integer(), vouched=integer())
RULE = shape(min=integer(1, 100_000), every=integer(1, 366))
BATCH_RULE = shape(first=integer(1, 1_000_000), classes=shape(mailbox=RULE, vouched=RULE))
DOMAIN = matching(r"(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
MAILBOXES = shape(
    domains=list_of(shape(domain=DOMAIN, aliases=list_of(DOMAIN, 0, 50, itself)), 1, 50, lambda d: d["domain"]),
    plus=boolean,
    dots=boolean,
    groups=list_of(matching(r"[a-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}"), 0, 500, itself),
)
MAIL_RULES = shape(
    senders=list_of(
        shape(name=text(1, 100), domain=DOMAIN, subject=nullable(text(1, 200)),
              **{"from": matching(r"(?=.{1,320}$)[a-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}@[a-z0-9.-]{3,253}")}),
        1, 50, lambda s: s["name"]),
    notBefore=a_day, notAfter=a_day,
    records=list_of(
        shape(name=matching(r"(?=.{1,320}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*\._domainkey\.[a-z0-9.-]+"), record=text(1, 2000),
              first=a_day, last=a_day),
        0, 100, lambda r: f"{r['name']} {r['first']}"))


def evidence(value):
    list_of(shape(kind=KIND, **{"class": CLASS}), 1, 8, lambda e: e["kind"])(value)
    want(all(KINDS[item["kind"]] == item["class"] for item in value))


URL = matching(r"https?://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9._~/-]*)?")
ID = matching(r"[a-z0-9][a-z0-9-]{0,31}")

WORKFORCE_MANIFEST = shape(
    type=exactly("workforce-manifest"), v=V1, version=integer(1, 1_000_000), workforce=nullable(HASH),
    previous=nullable(HASH), employer=text(1, 200), mailboxes=MAILBOXES, evidence=evidence,
    registrars=list_of(
        shape(identity=KEY, name=text(1, 100), operator=text(1, 200), url=URL), 1, 15, lambda r: r["identity"]),
    quorum=integer(1, 15), bounds=shape(forge=integer(), double=integer(), outage=integer()),
    log=shape(key=KEY, origin=matching("undersigned-log/[0-9a-f]{64}")), board=shape(key=KEY, url=URL),
    witnesses=list_of(shape(name=text(1, 200), vkey=text(1, 4000)), 0, 16, lambda w: w["name"]),
    witnessQuorum=integer(0, 16), openers=list_of(KEY, 1, 32, itself),
    headcount=nullable(shape(number=integer(1, 100_000_000), source=text(1, 300), day=a_day)),
    roles=list_of(text(1, 100), 0, 500, itself), places=list_of(text(1, 100), 0, 500, itself),
    codeMail=shape(subject=text(1, 100), body=text(1, 2000, True)), existingMail=nullable(MAIL_RULES),
    vouching=nullable(shape(invitations=integer(1, 8))),
    names=nullable(shape(pattern=text(1, 60), order=one_of("given-family", "family-given"))))

STATEMENT = shape(
    type=exactly("key-statement"), v=V1, workforce=HASH, manifest=HASH, epoch=EPOCH, opens=a_day, closes=a_day,
    mailboxes=MAILBOXES, evidence=evidence, registrar=KEY,
    keys=list_of(shape(slot=SLOT, suite=SUITE, spki=any_blob, **{"class": CLASS}), 16, 32,
                 lambda k: f"{k['class']} {k['slot']:02}"),
    invitations=list_of(shape(number=integer(0, 7), suite=SUITE, spki=any_blob), 0, 8),
    sig=SIG)

LANGUAGE = matching("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
DEMANDS = list_of(shape(id=ID, title=text(1, 200), text=text(1, 5000, True), met=text(1, 2000, True)), 0, 50)
SOURCE = shape(title=text(1, 300), publisher=text(1, 200), day=nullable(a_day), url=matching("https?://[!-~]+"),
               quote=text(0, 2000, True), copy=nullable(HASH))
LETTER_MANIFEST = shape(
    type=exactly("letter-manifest"), v=V1, workforce=HASH, salt=HASH,
    language=LANGUAGE, title=text(1, 200),
    addressee=shape(name=text(1, 200), organisation=text(1, 200), mailbox=nullable(text(3, 320))),
    body=text(1, 100_000, True),
    demands=DEMANDS,
    supplement=nullable(shape(
        title=text(1, 200),
        claims=list_of(shape(id=ID, text=text(1, 5000, True), sources=list_of(SOURCE, 1, 20)), 1, 200))),
    appearances=list_of(one_of("anonymous", "named", "role"), 1, 3, itself), names=one_of("any", "confirmed"),
    opens=a_day, closes=a_day, delivers=a_day, delivery=text(1, 1000, True), batch=BATCH_RULE,
    organisers=list_of(KEY, 1, 32, itself), replaces=nullable(HASH))

def signed_by_organisers(low):
    return list_of(shape(organiser=KEY, sig=SIG), low, 32, lambda b: b["organiser"])


DELIVERED = ("bundle", "delivered", "document", "how", "letter", "nonce", "size", "workforce")


def delivery_leaf(value):
    shape(type=exactly("delivery"), v=V1, workforce=HASH, letter=HASH, delivered=a_day,
          how=one_of("hand", "mail", "post"), document=HASH, bundle=nullable(HASH), size=integer(1), nonce=HASH,
          day=a_day, acceptance=nullable(HASH), by=signed_by_organisers(1))(value)
    want(value["how"] == "mail" or value["acceptance"] is None)


def response_leaf(value):
    shape(type=exactly("response"), v=V1, workforce=HASH, letter=HASH, day=a_day, kind=one_of("mail", "statement"),
          record=HASH, by=signed_by_organisers(0))(value)
    want((value["kind"] == "mail") == (value["by"] == []))


def record_leaf(name, low):
    return shape(type=exactly(name), v=V1, workforce=HASH, letter=HASH, day=a_day, record=HASH,
                 by=signed_by_organisers(low))


ANSWER = dict(type=exactly("response-record"), v=V1, salt=HASH, workforce=HASH, letter=HASH, text=text(1, 50_000, True))
RESPONSES = {
    "mail": shape(kind=exactly("mail"), subject=text(0, 1000), dated=a_day, mailbox=text(3, 320),
                  dkim=shape(name=text(1, 400), record=text(1, 2000)), evidence=nullable(HASH), **ANSWER),
    "statement": shape(kind=exactly("statement"), source=SOURCE, **ANSWER),
}


def response_record(value):
    want(isinstance(value, dict) and value.get("kind") in RESPONSES)
    RESPONSES[value["kind"]](value)


def judgement_record(value):
    shape(type=exactly("judgement-record"), v=V1, salt=HASH, workforce=HASH, letter=HASH, demand=ID,
          state=one_of("met", "partly", "promised", "refused", "unanswered"), until=nullable(a_day),
          reason=text(1, 5000, True), source=nullable(SOURCE), previous=nullable(HASH))(value)
    want((value["state"] == "promised") == (value["until"] is not None))


AMOUNT = matching(r"(?=.{1,24}$)(?!-0(\.0+)?$)-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,4})?")
DEALING = shape(
    what=text(1, 2000), supplier=text(1, 300), recipient=text(1, 300), office=nullable(text(1, 300)),
    agreed=nullable(a_day), until=nullable(a_day),
    value=nullable(shape(amount=AMOUNT, currency=matching("[A-Z]{3}"), kind=one_of("obligated", "current", "potential"))),
    status=one_of("reported", "confirmed", "denied", "ended"), since=nullable(a_day), sources=list_of(SOURCE, 1, 10),
    **{"from": nullable(a_day)})

def sourced(kind, **fields):
    return shape(kind=exactly(kind), source=SOURCE, **fields)


ENTRIES = {
    "report": sourced("report", text=text(1, 2000, True)),
    "statement": sourced("statement", text=text(1, 2000, True)),
    "remark": shape(kind=exactly("remark"), text=text(1, 2000, True), source=nullable(SOURCE)),
    "figure": sourced("figure", what=text(1, 200), value=AMOUNT, unit=nullable(text(1, 40))),
    "elsewhere": sourced("elsewhere", title=text(1, 200), organisation=text(1, 200),
                         follows=nullable(shape(workforce=HASH, letter=HASH))),
    "mirror": shape(kind=exactly("mirror"), url=URL),
    "topics": shape(kind=exactly("topics"), topics=list_of(text(1, 60), 1, 10, itself)),
    "translation": shape(
        kind=exactly("translation"), language=LANGUAGE, title=text(1, 200), body=text(1, 100_000, True), demands=DEMANDS,
        supplement=nullable(shape(
            title=text(1, 200), claims=list_of(shape(id=ID, text=text(1, 5000, True)), 1, 200)))),
    "removal": shape(kind=exactly("removal"), reason=text(1, 500)),
}


def chronicle_entry(value):
    want(isinstance(value, dict) and isinstance(value.get("kind"), str) and value["kind"] in ENTRIES)
    ENTRIES[value["kind"]](value)


def chronicle_record(value):
    shape(type=exactly("chronicle-record"), v=V1, salt=HASH, workforce=HASH, letter=HASH, on=a_day,
          replaces=nullable(HASH), entry=chronicle_entry)(value)
    want(value["entry"]["kind"] != "removal" or value["replaces"] is not None)


def chronicle_leaf(value):
    shape(type=exactly("chronicle"), v=V1, workforce=HASH, letter=HASH, day=a_day, kind=one_of(*ENTRIES),
          replaces=nullable(HASH), record=HASH, by=signed_by_organisers(1))(value)
    want(value["kind"] not in ("mirror", "translation") or len(value["by"]) >= 2)
    want(value["kind"] != "removal" or value["replaces"] is not None)


RECORDS = {
    "response": (response_record, 262_144),
    "judgement": (judgement_record, 262_144),
    "dealings": (shape(
        type=exactly("dealings-record"), v=V1, salt=HASH, workforce=HASH, letter=HASH, previous=nullable(HASH),
        changes=list_of(shape(row=matching("(award|ocds|own):[A-Za-z0-9][A-Za-z0-9._:-]{0,119}"), entry=nullable(DEALING)),
                        1, 5000, lambda c: c["row"])), 4_194_304),
    "chronicle": (chronicle_record, 262_144),
}
WITHHOLDABLE = ("response", "chronicle")
WITHHELD = shape(type=exactly("withheld-record"), v=V1, record=HASH, day=a_day,
                 reason=one_of("names-people", "endangers-people", "unlawful"))


LEAVES = {
    "workforce": shape(
        type=exactly("workforce"), v=V1, workforce=HASH, version=integer(1, 1_000_000), manifest=HASH,
        previous=nullable(HASH),
        signatures=list_of(shape(registrar=KEY, sig=SIG), 1, 30, lambda s: s["registrar"])),
    "epoch": shape(
        type=exactly("epoch"), v=V1, workforce=HASH, manifest=HASH, epoch=EPOCH, opens=a_day, closes=a_day,
        statements=list_of(shape(registrar=KEY, statement=HASH), 1, 15, lambda s: s["registrar"])),
    "letter": shape(
        type=exactly("letter"), v=V1, workforce=HASH, letter=HASH, version=exactly(1), epoch=EPOCH, slot=SLOT,
        previous=nullable(HASH), opens=a_day, closes=a_day, batch=BATCH_RULE, by=KEY, sig=SIG),
    "issuance": shape(
        type=exactly("issuance"), v=V1, workforce=HASH, epoch=EPOCH, registrar=KEY, day=a_day,
        batch=integer(1, 1000),
        issued=list_of(shape(evidence=KIND, count=integer()), 1, 8, lambda i: i["evidence"]), sig=SIG),
    "destruction": shape(
        type=exactly("destruction"), v=V1, workforce=HASH, epoch=EPOCH, registrar=KEY, day=a_day, sig=SIG),
    "batch": shape(
        type=exactly("batch"), v=V1, workforce=HASH, day=a_day, previous=integer(),
        letters=list_of(
            shape(letter=HASH, mailbox=integer(), vouched=integer(), revisions=integer(), withdrawals=integer()),
            1, 32, lambda row: row["letter"])),
    "endorsement": shape(
        type=exactly("endorsement"), v=V1, suite=SUITE, letter=HASH, key=KEY, seq=exactly(0),
        previous=exactly(None), commitment=HASH,
        tokens=list_of(shape(registrar=KEY, prefix=HASH, signature=blob(256)), 1, 15, lambda t: t["registrar"]),
        sig=SIG, **{"class": CLASS}),
    "revision": shape(
        type=exactly("revision"), v=V1, letter=HASH, key=KEY, seq=integer(1, 10_000), previous=HASH,
        commitment=HASH, sig=SIG),
    "withdrawal": shape(
        type=exactly("withdrawal"), v=V1, letter=HASH, key=KEY, seq=integer(1, 10_000), previous=HASH, sig=SIG),
    "closing": shape(
        type=exactly("closing"), v=V1, letter=HASH, day=a_day, outcome=one_of("closed", "too-few"),
        counts=PER_CLASS, withdrawn=PER_CLASS, destroyed=nullable(PER_CLASS)),
    "early-closing": shape(
        type=exactly("early-closing"), v=V1, workforce=HASH, letter=HASH, day=a_day, closes=a_day,
        by=list_of(shape(organiser=KEY, sig=SIG), 2, 32, lambda b: b["organiser"])),
    "delivery": delivery_leaf,
    "response": response_leaf,
    "judgement": record_leaf("judgement", 2),
    "dealings": record_leaf("dealings", 1),
    "chronicle": chronicle_leaf,
    "client": shape(type=exactly("client"), v=V1, workforce=HASH, day=a_day, client=HASH, sig=SIG),
}
SIGNATORYS = ("endorsement", "revision", "withdrawal")

APPEARANCES = {
    "anonymous": shape(kind=exactly("anonymous")),
    "role": shape(kind=exactly("role"), role=shown, place=nullable(shown)),
    "named": shape(
        kind=exactly("named"), name=shown, role=nullable(shown), place=nullable(shown),
        confirmed=nullable(shape(
            rule=one_of("note", "pattern"), salt=HASH,
            by=list_of(shape(registrar=KEY, sig=SIG), 1, 15, lambda c: c["registrar"])))),
}


def appearance(value):
    want(isinstance(value, dict) and value.get("kind") in APPEARANCES)
    APPEARANCES[value["kind"]](value)


OPENING = shape(type=exactly("opening"), v=V1, letter=HASH, key=KEY, seq=integer(0, 10_000), salt=HASH,
                appearance=appearance)
HIDDEN = shape(index=integer(), hidden=shape(
    day=a_day, reason=one_of("asked", "impersonation", "invisible", "length", "link", "slur", "waiting")))
SHOWN = shape(index=integer(), opening=OPENING)


def openings_entry(value):
    (SHOWN if isinstance(value, dict) and "opening" in value else HIDDEN)(value)


OPENINGS = shape(type=exactly("openings"), v=V1, letter=HASH, page=integer(),
                 entries=list_of(openings_entry, 0, 1000))
FURTHER = ("deliveries", "responses", "judgements", "dealings", "chronicle")
INDEX = shape(
    type=exactly("index"), v=V1, workforce=HASH, size=integer(), workforces=list_of(integer(), 0, 100_000),
    epochs=list_of(integer(), 0, 100_000), clients=list_of(integer(), 0, 100_000),
    issuance=list_of(integer(), 0, 100_000), destructions=list_of(integer(), 0, 100_000),
    letters=list_of(
        shape(letter=HASH, leaf=integer(), closing=nullable(integer()), earlyClosing=nullable(integer()),
              **{kind: list_of(integer(), 0, 10_000) for kind in FURTHER},
              endorsements=integer(), counted=PER_CLASS,
              withdrawn=PER_CLASS, days=nullable(shape(first=a_day, last=a_day)), bits=integer(0, 32), pages=integer()),
        0, 20_000))


CLIENT_BUILD = shape(
    type=exactly("client-build"), v=V1, version=text(1, 40),
    files=list_of(
        shape(path=matching(r"[a-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*"), sha256=HASH,
              bytes=integer(0, 16_000_000)),
        1, 500, lambda f: f["path"]))


def parse_client_build(data):
    build = parse(data, 262_144)
    CLIENT_BUILD(build)
    return build


def parse_leaf(entry):
    leaf = parse(entry, 8192)
    want(isinstance(leaf, dict) and isinstance(leaf.get("type"), str) and leaf["type"] in LEAVES)
    LEAVES[leaf["type"]](leaf)
    return leaf


def parse_workforce_manifest(data):
    m = parse(data, 262_144)
    WORKFORCE_MANIFEST(m)
    n, k = len(m["registrars"]), m["quorum"]
    want(n / 2 < k <= n)
    want(m["bounds"] == {"forge": k - 1, "double": 2 * k - n - 1, "outage": n - k})
    want(m["log"]["origin"] == origin_of(m["log"]["key"]))
    want((m["version"] == 1) == (m["workforce"] is None) == (m["previous"] is None))
    want(m["witnessQuorum"] <= len(m["witnesses"]))
    domains = [name for d in m["mailboxes"]["domains"] for name in [d["domain"], *d["aliases"]]]
    want(len(set(domains)) == len(domains))
    want(m["codeMail"]["body"].count("{code}") == 1 and "://" not in m["codeMail"]["body"])
    kinds = [item["kind"] for item in m["evidence"]]
    mail = m["existingMail"]
    want(("existing-mail" in kinds) == (mail is not None) and ("vouch" in kinds) == (m["vouching"] is not None))
    if mail is not None:
        want(mail["notBefore"] <= mail["notAfter"] and all(r["first"] <= r["last"] for r in mail["records"]))
    want(m["names"] is None or name_pattern(m["names"]["pattern"], m["mailboxes"]["dots"]))
    return m


def name_pattern(pattern, dots):
    """One name in full, or two of which one may be an initial, and digits last."""
    match = re.fullmatch(r"\{(given|family|g|f)\}(?:[._-]?\{(given|family|g|f)\})?(?:[._-]?\{n\})?", pattern)
    if match is None or (dots and "." in pattern):
        return False
    fields = [field for field in match.groups() if field is not None]
    initials = [field[0] for field in fields]
    return len(set(initials)) == len(initials) and (any(len(f) > 1 for f in fields))


def origin_of(key):
    return "undersigned-log/" + hashlib.sha256(message("origin", unb64url(key, 32))).hexdigest()


def parse_statement(data):
    s = parse(data, 262_144)
    STATEMENT(s)
    classes = {item["class"] for item in s["evidence"]}
    want(s["opens"] <= s["closes"])
    want(len(s["keys"]) == 16 * len(classes) and all(key["class"] in classes for key in s["keys"]))
    want(any(item["kind"] == "vouch" for item in s["evidence"]) == (s["invitations"] != []))
    want([key["number"] for key in s["invitations"]] == list(range(len(s["invitations"]))))
    return s


def parse_letter_manifest(data):
    m = parse(data, 262_144)
    LETTER_MANIFEST(m)
    want(m["opens"] <= m["closes"] <= m["delivers"])
    ids = ["d" + d["id"] for d in m["demands"]] + ["c" + c["id"] for c in (m["supplement"] or {"claims": []})["claims"]]
    want(len(set(ids)) == len(ids))
    return m


# ---------------------------------------------------------------------------------------------- signatures (§1, §5)

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def decode_point(data):
    """Extended coordinates, or None: y below p, on the curve, and no sign bit where x is 0."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT_OF_MINUS_1 % P
    if v * x * x % P != u or (x == 0 and sign == 1):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def encode_point(point):
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add(one, other):
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * D * t1 * t2 % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, point):
    result = NEUTRAL
    while n > 0:
        if n & 1:
            result = add(result, point)
        point = add(point, point)
        n >>= 1
    return result


def is_neutral(point):
    x, y, z, _ = point
    return x % P == 0 and (y - z) % P == 0


BASE = decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def once(function):
    """Most copies have most signatures in common."""
    known = {}

    def asked(*arguments):
        if arguments not in known:
            known[arguments] = function(*arguments)
        return known[arguments]

    return asked


@once
def ed25519(key, data, signature):
    a, r = decode_point(key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    if is_neutral(times(8, a)) or is_neutral(times(8, r)):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + data).digest(), "little") % L
    x, y, z, t = a
    return encode_point(add(times(s, BASE), times(k, (P - x, y, z, P - t)))) == signature[:32]


def signed_by(key, value):
    unsigned = {name: item for name, item in value.items() if name != "sig"}
    return ed25519(unb64url(key, 32), message(value["type"], encode(unsigned)), unb64url(value["sig"], 64))


SPKI_HEAD = bytes.fromhex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100")
SPKI_TAIL = bytes.fromhex("0203010001")


def modulus(spki):
    """None unless rsaEncryption, NULL, 2048 bits, odd, 65537, and nothing else."""
    n = int.from_bytes(spki[33:289], "big")
    right = len(spki) == 294 and spki[:33] == SPKI_HEAD and spki[289:] == SPKI_TAIL
    return n if right and n >> 2047 == 1 and n & 1 == 1 else None


def mgf1(seed, length):
    blocks = (hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in range(-(-length // 48)))
    return b"".join(blocks)[:length]


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def pss_encode(data, salt):
    """RFC 8017 9.1.1 with emBits 2047: 256 bytes, the first bit 0."""
    h = hashlib.sha384(bytes(8) + hashlib.sha384(data).digest() + salt).digest()
    db = bytes(256 - 48 - 1 - 1 - len(salt)) + b"\1" + salt
    masked = xor(db, mgf1(h, len(db)))
    return bytes([masked[0] & 0x7F]) + masked[1:] + h + b"\xbc"


@once
def rsa_pss(n, data, signature):
    s = int.from_bytes(signature, "big")
    if len(signature) != 256 or s >= n:
        return False
    encoded = pow(s, 65537, n).to_bytes(256, "big")
    h = encoded[207:255]
    salt = xor(encoded[:207], mgf1(h, 207))[207 - 48:]
    return pss_encode(data, salt) == encoded


def token_message(workforce, epoch, slot, cls, registrar, spki, key):
    return message("token", encode({
        "type": "token", "v": 1, "suite": "RSABSSA-SHA384-PSS-Randomized-2048+Ed25519", "workforce": workforce,
        "epoch": epoch, "slot": slot, "class": cls, "registrar": registrar, "spki": named("spki", spki), "key": key}))


# ---------------------------------------------------------------------------------------------- log (C2SP)


def root_of(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(hashes[:split]) + root_of(hashes[split:])).digest()


def tile_name(level, index, width):
    digits = str(index)
    digits = digits.rjust(-(-len(digits) // 3) * 3, "0")
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    path = f"tile/{level}/" + "/".join(["x" + g for g in groups[:-1]] + groups[-1:])
    return path if width == 256 else f"{path}.p/{width}"


def key_id(name, kind, key):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def parse_note(note):
    """Text, and (name, key id, signature) of each line."""
    try:
        whole = note.decode()
    except ValueError as error:
        raise Refused("note") from error
    head, middle, tail = whole.rpartition("\n\n")
    want(middle != "" and len(note) <= 1_000_000 and tail.endswith("\n"))
    want(not re.search("[\0-\x09\x0b-\x1f]", whole))
    lines = []
    for line in tail[:-1].split("\n"):
        parts = line.split(" ")
        want(len(parts) == 3 and parts[0] == "\u2014" and parts[1] != "" and "+" not in parts[1])
        data = unb64(parts[2])
        want(len(data) > 4)
        lines.append((parts[1], data[:4], data[4:]))
    return head + "\n", lines


class Checkpoint:
    def __init__(self, note, manifest):
        """Raises Refused with a code in its words."""
        origin, key = manifest["log"]["origin"], unb64url(manifest["log"]["key"], 32)
        try:
            self.text, self.lines = parse_note(note)
        except Refused as error:
            raise Refused("file-malformed") from error
        own = [sig for name, ident, sig in self.lines if (name, ident) == (origin, key_id(origin, 1, key))]
        if not own or not ed25519(key, self.text.encode(), own[0]):
            raise Refused("checkpoint-signature")
        lines = self.text.split("\n")
        if len(lines) < 4 or lines[-1] != "" or "" in lines[:-1] or not re.fullmatch("0|[1-9][0-9]*", lines[1]):
            raise Refused("file-malformed")
        try:
            self.origin, self.size, self.root = lines[0], int(lines[1]), unb64(lines[2])
        except Refused as error:
            raise Refused("file-malformed") from error
        if len(self.root) != 32 or self.size >= 2**53:
            raise Refused("file-malformed")
        if self.origin != origin:
            raise Refused("checkpoint-origin")

    def witnesses(self, manifest):
        """How many of the manifest's witnesses have cosigned; None if the line of one of them is wrong."""
        counted = 0
        keys = {unb64url(manifest["log"]["key"], 32)}
        for witness in manifest["witnesses"]:
            name, _, rest = witness["vkey"].partition("+")
            ident, _, data = rest.partition("+")
            try:
                data = unb64(data)
            except Refused:
                continue
            key = data[1:]
            if data[:1] != b"\4" or len(key) != 32 or key_id(name, 4, key).hex() != ident or key in keys:
                continue
            keys.add(key)
            for signature in [sig for by, of, sig in self.lines if (by, of.hex()) == (name, ident)][:1]:
                body = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{self.text}".encode()
                if len(signature) != 72 or not ed25519(key, body, signature[8:]):
                    return None
                counted += 1
        return counted


# ---------------------------------------------------------------------------------------------- the recount (§4, §10)


class Letter:
    def __init__(self, leaf, index, epoch, manifest):
        self.leaf, self.index, self.epoch, self.manifest = leaf, index, epoch, manifest
        self.keys = {}
        self.released = 0
        self.days = None
        self.closing = None
        self.early = None
        self.further = {kind: [] for kind in FURTHER}
        self.signed_deliveries = []
        self.records = set()
        self.withheld = 0
        self.judged = {}
        self.register = (None, set())
        self.in_force = {}
        self.used = {}

    def closes(self):
        return self.early["leaf"]["closes"] if self.early else self.leaf["closes"]

    def count(self, cls, withdrawn):
        return sum(k["class"] == cls and k["withdrawn"] is withdrawn for k in self.keys.values())

    def counts(self, withdrawn):
        return {cls: self.count(cls, withdrawn) for cls in ("mailbox", "vouched")}


class Recount:
    def __init__(self, read, workforce, known=None):
        self.read, self.workforce = read, workforce
        self.codes = set()
        self.versions = []
        self.epochs = {}
        self.letters = {}
        self.letters_of_epoch = {}
        self.last_letter = None
        self.moduli = set()
        self.issued = {}
        self.issuance_at = {}
        self.destroyed = {}
        self.clients = []
        self.batch = None
        self.last_day = None
        self.further_day = None
        self.held = []
        self.run(known)

    def found(self, code):
        self.codes.add(code)

    def document(self, folder, name, domains, parser, code, optional=False):
        data = self.read(f"{folder}/{name}.json")
        if data is None:
            if not optional:
                self.found("file-missing")
            return None
        if len(data) > 262_144:
            self.found("file-too-large")
            return None
        if named(domains, data) != name:
            self.found(code)
            return None
        try:
            return parser(data)
        except Refused:
            self.found(code)
            return None

    def workforce_manifest(self, name):
        return self.document("manifests", name, "workforce-manifest", parse_workforce_manifest, "manifest-mismatch")

    def run(self, known):
        first = self.workforce_manifest(self.workforce)
        note = self.read("checkpoint")
        if note is None:
            self.found("file-missing")
        if first is None or note is None:
            return
        try:
            checkpoint = Checkpoint(note, first)
        except Refused as error:
            self.found(str(error))
            return
        entries, hashes = self.entries(checkpoint)
        self.known(known, first, checkpoint, hashes)
        if checkpoint.size == 0:
            self.found("leaf-out-of-place")
        for index, entry in enumerate(entries):
            self.leaf(index, entry, hashes[index])
        self.end_batch()
        self.release_held()
        in_force = self.versions[-1]["manifest"] if self.versions else first
        cosigned = checkpoint.witnesses(in_force)
        if cosigned is None or cosigned < in_force["witnessQuorum"]:
            self.found("witness-quorum")
        for letter in self.letters.values():
            self.numbers(letter)
            self.openings(letter)
        self.index(checkpoint.size)

    def entries(self, checkpoint):
        """Entries, None for those that are not the log's, with the hashes of the tiles."""
        size, entries, hashes = checkpoint.size, [], []
        for number in range(-(-size // 256)):
            width = min(256, size - 256 * number)
            tile = self.partial("0", number, width)
            if tile is not None and len(tile) != 32 * width:
                self.found("file-malformed")
                tile = None
            bundle, part = self.partial("entries", number, width) or b"", []
            while len(bundle) >= 2 and len(part) < width:
                length = int.from_bytes(bundle[:2], "big")
                if len(bundle) < 2 + length:
                    break
                part.append(bundle[2:2 + length])
                bundle = bundle[2 + length:]
            if bundle or len(part) < width:
                self.found("leaf-changed")
            part += [None] * (width - len(part))
            own = [None if entry is None else leaf_hash(entry) for entry in part]
            held = own if tile is None else [tile[32 * i:32 * i + 32] for i in range(width)]
            for i in range(width):
                if part[i] is not None and own[i] != held[i]:
                    self.found("leaf-changed")
                    part[i] = None
            entries += part
            hashes += held
        if None not in hashes:
            if root_of(hashes) != checkpoint.root:
                self.found("tiles-inconsistent")
            self.upper_tiles(hashes)
        return entries, hashes

    def partial(self, level, number, width):
        data = self.read(tile_name(level, number, width))
        if data is None and width < 256:
            data = self.read(tile_name(level, number, 256))
            if data is not None and level != "entries":
                data = data[:32 * width]
        if data is None:
            self.found("file-missing")
        return data

    def upper_tiles(self, hashes):
        level = 1
        while len(hashes) >= 256:
            hashes = [root_of(hashes[i:i + 256]) for i in range(0, len(hashes) // 256 * 256, 256)]
            for number in range(-(-len(hashes) // 256)):
                part = hashes[256 * number:256 * number + 256]
                tile = self.partial(str(level), number, len(part))
                if tile is not None and tile != b"".join(part):
                    self.found("tiles-inconsistent")
            level += 1

    def known(self, note, first, checkpoint, hashes):
        if note is None:
            return
        try:
            known = Checkpoint(note, first)
        except Refused:
            self.found("known-checkpoint-foreign")
            return
        if known.size > checkpoint.size:
            self.found("log-shorter-than-known")
        elif None not in hashes and root_of(hashes[:known.size]) != known.root:
            self.found("log-forked")

    # one leaf after the other

    def leaf(self, index, entry, digest):
        leaf = None
        if entry is not None:
            try:
                leaf = parse_leaf(entry)
            except Refused:
                self.found("token-registrar-repeated" if repeats_registrar(entry) else "leaf-malformed")
        if index == 0 and (leaf is None or leaf["type"] != "workforce"):
            self.found("leaf-out-of-place")
        if leaf is None:
            self.unread(entry)
        elif leaf["type"] in SIGNATORYS:
            self.signatorys(leaf, index, digest)
        else:
            self.end_batch()
            getattr(self, "take_" + leaf["type"].replace("-", "_"))(leaf, index, digest)

    def unread(self, entry):
        """A place in a batch is taken by what looks like a signatory's leaf, or by what is not there at all."""
        if self.batch is not None and (entry is None or re.search(rb'"type":"(endorsement|revision|withdrawal)"', entry)):
            self.batch["damaged"] = True
            self.take_place()

    def take_workforce(self, leaf, index, _):
        if (index == 0) != (leaf["version"] == 1):
            self.found("leaf-out-of-place")
            return
        before = self.versions[-1] if self.versions else None
        if index > 0 and before is None:
            return
        before_this, self.codes = self.codes, set()
        if leaf["workforce"] != self.workforce or (index == 0 and leaf["manifest"] != self.workforce):
            self.found("workforce-mismatch")
        manifest = self.workforce_manifest(leaf["manifest"])
        if manifest is not None:
            self.chain(before, leaf, manifest)
            self.agreed(before, leaf, manifest)
        if not self.codes and manifest is not None:
            self.versions.append({"manifest": manifest, "hash": leaf["manifest"], "index": index})
        self.codes |= before_this

    def chain(self, before, leaf, manifest):
        broken = (manifest["version"], manifest["previous"]) != (leaf["version"], leaf["previous"])
        if before is not None:
            broken |= leaf["version"] != before["manifest"]["version"] + 1
            broken |= leaf["previous"] != before["hash"]
            broken |= manifest["workforce"] != self.workforce
            broken |= manifest["log"]["key"] != before["manifest"]["log"]["key"]
        if broken:
            self.found("manifest-chain-broken")

    def agreed(self, before, leaf, manifest):
        now = {r["identity"] for r in manifest["registrars"]}
        earlier = {r["identity"] for r in before["manifest"]["registrars"]} if before else set()
        text_signed = message("workforce-manifest", encode(manifest))
        valid = {s["registrar"] for s in leaf["signatures"] if s["registrar"] in now | earlier
                 and ed25519(unb64url(s["registrar"], 32), text_signed, unb64url(s["sig"], 64))}
        right = len(valid) == len(leaf["signatures"]) and now - earlier <= valid
        if not right or (before and len(valid & earlier) < before["manifest"]["quorum"]):
            self.found("manifest-signatures")

    def take_epoch(self, leaf, index, _):
        if not self.versions:
            self.found("leaf-out-of-place")
            return
        version = self.versions[-1]
        admitted = True
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
            admitted = False
        if leaf["epoch"] != len(self.epochs) + 1:
            self.found("epoch-number")
            admitted = False
        if leaf["manifest"] != version["hash"]:
            self.found("epoch-manifest")
            admitted = False
        statements, keys = {}, {}
        for row in leaf["statements"]:
            statement = self.document(
                "statements", row["statement"], "key-statement", parse_statement, "statement-mismatch")
            if statement is None or not self.statement_right(statement, row["registrar"], leaf, version["manifest"]):
                continue
            statements[row["registrar"]] = statement
            for key in statement["keys"] + statement["invitations"]:
                spki = unb64url(key["spki"])
                n = modulus(spki)
                if n is None:
                    self.found("bad-rsa-key")
                    continue
                if n in self.moduli:
                    self.found("modulus-repeated")
                self.moduli.add(n)
                use = (key["class"], key["slot"]) if "slot" in key else ("invitation", key["number"])
                keys[(*use, row["registrar"])] = (n, spki)
        if len(statements) < version["manifest"]["quorum"]:
            self.found("epoch-statements")
        if admitted:
            self.epochs[leaf["epoch"]] = {
                "leaf": leaf, "index": index, "version": version, "statements": statements, "keys": keys}

    def statement_right(self, statement, registrar, leaf, manifest):
        if registrar not in [r["identity"] for r in manifest["registrars"]]:
            self.found("epoch-statements")
            return False
        expected = {"registrar": registrar, "workforce": self.workforce, "manifest": leaf["manifest"],
                    "epoch": leaf["epoch"], "opens": leaf["opens"], "closes": leaf["closes"],
                    "mailboxes": manifest["mailboxes"], "evidence": manifest["evidence"]}
        invitations = (manifest["vouching"] or {"invitations": 0})["invitations"]
        if any(statement[name] != value for name, value in expected.items()) or len(statement["invitations"]) != invitations:
            self.found("statement-mismatch")
            return False
        if not signed_by(registrar, statement):
            self.found("statement-signature")
            return False
        return True

    def take_letter(self, leaf, index, digest):
        nth = self.letters_of_epoch.get(leaf["epoch"], 0)
        self.letters_of_epoch[leaf["epoch"]] = nth + 1
        previous, self.last_letter = self.last_letter, b64url(digest)
        epoch = self.epochs.get(leaf["epoch"])
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
        if leaf["slot"] != nth:
            self.found("letter-slot-taken" if leaf["slot"] < nth else "letter-slot-skipped")
        if leaf["previous"] != previous:
            self.found("letter-chain-broken")
        if epoch is None:
            self.found("letter-epoch")
            return
        days = [epoch["leaf"]["opens"], leaf["opens"], leaf["closes"], epoch["leaf"]["closes"]]
        if days != sorted(days):
            self.found("letter-days")
        if leaf["by"] not in self.versions[-1]["manifest"]["openers"]:
            self.found("letter-opener")
        if not signed_by(leaf["by"], leaf):
            self.found("signature-invalid")
        manifest = self.document(
            "manifests", leaf["letter"], "letter-manifest", parse_letter_manifest, "manifest-mismatch", optional=True)
        if manifest is not None and any(manifest[n] != leaf[n] for n in ("workforce", "opens", "closes", "batch")):
            self.found("manifest-mismatch")
        if leaf["letter"] in self.letters:
            self.found("letter-repeated")
        else:
            self.letters[leaf["letter"]] = Letter(leaf, index, epoch, manifest)

    def take_issuance(self, leaf, index, _):
        epoch = self.epochs.get(leaf["epoch"])
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
        elif epoch is None or leaf["registrar"] not in epoch["statements"]:
            self.found("issuance-unknown")
        elif not signed_by(leaf["registrar"], leaf):
            self.found("signature-invalid")
        else:
            self.issued[leaf["epoch"], leaf["registrar"]] = leaf
            self.issuance_at[leaf["epoch"], leaf["registrar"]] = index

    def take_destruction(self, leaf, index, _):
        epoch = self.epochs.get(leaf["epoch"])
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
        elif epoch is None or leaf["registrar"] not in epoch["statements"]:
            self.found("destruction-unknown")
        elif not signed_by(leaf["registrar"], leaf):
            self.found("signature-invalid")
        elif leaf["day"] <= epoch["leaf"]["closes"]:
            self.found("destruction-too-early")
        elif (leaf["epoch"], leaf["registrar"]) in self.destroyed:
            self.found("destruction-repeated")
        else:
            self.destroyed[leaf["epoch"], leaf["registrar"]] = index

    def take_client(self, leaf, index, _):
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
        elif not self.versions or not signed_by(self.versions[-1]["manifest"]["board"]["key"], leaf):
            self.found("signature-invalid")
        elif self.document("clients", leaf["client"], "client-build", parse_client_build, "client-mismatch") is not None:
            self.clients.append(index)

    def take_early_closing(self, leaf, index, _):
        letter = self.letters.get(leaf["letter"])
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
        elif letter is None:
            self.found("letter-unknown")
        elif letter.closing is not None:
            self.found("leaf-out-of-place")
        elif letter.early is not None:
            self.found("early-closing-repeated")
        else:
            backdated = self.last_day is not None and leaf["day"] < self.last_day
            hurried = day_number(leaf["closes"]) < day_number(leaf["day"]) + 2
            inside = letter.leaf["opens"] <= leaf["closes"] < letter.leaf["closes"]
            right = not backdated and not hurried and inside
            if not right:
                self.found("early-closing-days")
            data = message("early-closing", encode({n: leaf[n] for n in ("closes", "letter", "workforce")}))
            for by in leaf["by"]:
                named_there = letter.manifest is None or by["organiser"] in letter.manifest["organisers"]
                if not named_there or not ed25519(unb64url(by["organiser"], 32), data, unb64url(by["sig"], 64)):
                    self.found("early-closing-signatures")
                    right = False
            if right:
                letter.early = {"leaf": leaf, "index": index}

    # what becomes of a letter

    def take_delivery(self, leaf, index, _):
        letter = self.further_letter(leaf)
        if letter is None:
            return
        before_this, self.codes = self.codes, set()
        closing = letter.closing
        if closing is None or closing["leaf"]["outcome"] != "closed" or not closing["index"] < leaf["size"] <= index:
            self.found("delivery-out-of-place")
        if not letter.closes() < leaf["delivered"] <= leaf["day"] or self.backdated(leaf):
            self.found("delivery-days")
        signed = {name: leaf[name] for name in DELIVERED}
        if signed in letter.signed_deliveries:
            self.found("delivery-repeated")
        self.organisers(letter, leaf, signed)
        if not self.codes:
            letter.signed_deliveries.append(signed)
            letter.further["deliveries"].append(index)
            self.further_day = leaf["day"]
        self.codes |= before_this

    def take_response(self, leaf, index, _):
        self.take_record(leaf, index, "responses")

    def take_judgement(self, leaf, index, _):
        self.take_record(leaf, index, "judgements")

    def take_dealings(self, leaf, index, _):
        self.take_record(leaf, index, "dealings")

    def take_chronicle(self, leaf, index, _):
        self.take_record(leaf, index, "chronicle")

    def take_record(self, leaf, index, kind):
        letter = self.further_letter(leaf)
        if letter is None:
            return
        before_this, self.codes = self.codes, set()
        if self.backdated(leaf):
            self.found("record-days")
        if leaf["type"] == "response" and leaf["kind"] == "mail" and not letter.signed_deliveries:
            self.found("leaf-out-of-place")
        self.organisers(letter, leaf, {name: leaf[name] for name in ("letter", "record", "workforce")})
        if leaf["record"] in letter.records:
            self.found("record-repeated")
        else:
            withheld = leaf["type"] in WITHHOLDABLE and self.withheld(leaf)
            record = None if withheld else self.record(leaf)
            if record is not None:
                getattr(self, "check_" + leaf["type"])(letter, leaf, record)
            if leaf["type"] == "chronicle":
                self.check_place(letter, leaf, record)
            if not self.codes:
                letter.records.add(leaf["record"])
                letter.further[kind].append(index)
                letter.withheld += withheld and leaf["type"] == "response"
                self.further_day = leaf["day"]
                if leaf["type"] == "judgement":
                    letter.judged[record["demand"]] = leaf["record"]
                if leaf["type"] == "dealings":
                    letter.register = (leaf["record"], self.register_after(letter, record))
                if leaf["type"] == "chronicle":
                    letter.in_force.pop(leaf["replaces"], None)
                    if leaf["kind"] != "removal":
                        letter.in_force[leaf["record"]] = (leaf["kind"], self.language(record))
        self.codes |= before_this

    def further_letter(self, leaf):
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
            return None
        if leaf["letter"] not in self.letters:
            self.found("letter-unknown")
        return self.letters.get(leaf["letter"])

    def backdated(self, leaf):
        return any(day is not None and leaf["day"] < day for day in (self.last_day, self.further_day))

    def organisers(self, letter, leaf, signed):
        data = message(leaf["type"], encode(signed))
        for by in leaf["by"]:
            named_there = letter.manifest is None or by["organiser"] in letter.manifest["organisers"]
            if not named_there or not ed25519(unb64url(by["organiser"], 32), data, unb64url(by["sig"], 64)):
                self.found("organiser-signatures")

    def withheld(self, leaf):
        data = self.read(f"withheld/{leaf['record']}.json")
        if data is None:
            return False
        try:
            notice = parse(data, 262_144)
            WITHHELD(notice)
            want(notice["record"] == leaf["record"])
        except Refused:
            self.found("file-malformed")
            return False
        return True

    def record(self, leaf):
        check, most = RECORDS[leaf["type"]]
        data = self.read(f"records/{leaf['record']}.json")
        if data is None:
            if leaf["type"] not in WITHHOLDABLE:
                self.found("file-missing")
            return None
        if len(data) > most:
            self.found("file-too-large")
            return None
        if named(leaf["type"] + "-record", data) != leaf["record"]:
            self.found("record-wrong")
            return None
        try:
            record = parse(data, most)
            check(record)
        except Refused:
            self.found("record-wrong")
            return None
        if (record["workforce"], record["letter"]) != (leaf["workforce"], leaf["letter"]):
            self.found("record-wrong")
        return record

    def check_response(self, letter, leaf, record):
        if record["kind"] != leaf["kind"]:
            self.found("record-wrong")
        if record["kind"] != "mail":
            return
        domain = record["mailbox"].rpartition("@")[2].lower()
        handed_over = min((day_number(d["delivered"]) for d in letter.signed_deliveries), default=0)
        right = letter.manifest is None or record["mailbox"] == letter.manifest["addressee"]["mailbox"]
        right &= record["dkim"]["name"].lower().endswith("._domainkey." + domain)
        if letter.signed_deliveries:
            right &= handed_over - 1 <= day_number(record["dated"])
        right &= day_number(record["dated"]) <= day_number(leaf["day"]) + 1
        mail = None if record["evidence"] is None else self.read(f"answers/{record['evidence']}.eml")
        if not right or (mail is not None and b64url(hashlib.sha256(mail).digest()) != record["evidence"]):
            self.found("record-wrong")

    def check_judgement(self, letter, leaf, record):
        known = letter.manifest is None or record["demand"] in [d["id"] for d in letter.manifest["demands"]]
        if not known or record["previous"] != letter.judged.get(record["demand"]):
            self.found("record-wrong")

    def check_dealings(self, letter, leaf, record):
        if record["previous"] != letter.register[0] or len(self.register_after(letter, record)) > 5000:
            self.found("record-wrong")

    def check_chronicle(self, letter, leaf, record):
        entry = record["entry"]
        right = (entry["kind"], record["replaces"]) == (leaf["kind"], leaf["replaces"])
        right &= day_number(record["on"]) <= day_number(leaf["day"]) + 1
        if entry["kind"] == "translation" and letter.manifest is not None:
            binding = letter.manifest
            ids = [[part["id"] for part in parts] for of in (entry, binding)
                   for parts in (of["demands"], (of["supplement"] or {"claims": []})["claims"])]
            right &= ids[:2] == ids[2:] and (entry["supplement"] is None) == (binding["supplement"] is None)
            right &= entry["language"].lower() != binding["language"].lower()
        if not right:
            self.found("record-wrong")

    def check_place(self, letter, leaf, record):
        """What stands in the leaves alone, and the languages of translations that can be read."""
        language = self.language(record)
        others = [place for name, place in letter.in_force.items() if name != leaf["replaces"]]
        if leaf["replaces"] is None:
            right = True
        elif leaf["kind"] == "removal":
            right = leaf["replaces"] in letter.in_force
        else:
            kind, replaced = letter.in_force.get(leaf["replaces"], (None, None))
            right = kind == leaf["kind"] and (None in (language, replaced) or language == replaced)
        if leaf["kind"] == "topics":
            right &= all(kind != "topics" for kind, _ in others)
        if language is not None:
            right &= all(place != ("translation", language) for place in others)
        if not right:
            self.found("record-wrong")

    def language(self, record):
        """Of a translation that can be read."""
        translated = record is not None and record["entry"]["kind"] == "translation"
        return record["entry"]["language"].lower() if translated else None

    def register_after(self, letter, record):
        rows = set(letter.register[1])
        for change in record["changes"]:
            (rows.discard if change["entry"] is None else rows.add)(change["row"])
        return rows

    def take_closing(self, leaf, index, _):
        letter = self.letters.get(leaf["letter"])
        if letter is None:
            self.found("letter-unknown")
            return
        if letter.closing is not None:
            self.found("closing-repeated")
            return
        if leaf["day"] <= letter.closes():
            self.found("closing-too-early")
        if leaf["counts"] != letter.counts(False) or leaf["withdrawn"] != letter.counts(True):
            self.found("closing-count-wrong")
        few = leaf["outcome"] == "too-few"
        if few and letter.released > 0 or few != (leaf["destroyed"] is None):
            self.found("closing-outcome-wrong")
        letter.closing = {"leaf": leaf, "index": index}
        self.held = [held for held in self.held if held[:2] != (leaf["letter"], leaf["day"])]

    # batches

    def take_batch(self, leaf, index, _):
        self.release_held()
        if leaf["workforce"] != self.workforce:
            self.found("workforce-mismatch")
        if leaf["previous"] != index:
            self.found("batch-position")
        if self.last_day is not None and leaf["day"] <= self.last_day:
            self.found("batch-day-order")
        self.last_day = leaf["day"]
        left = 0
        for row in leaf["letters"]:
            numbers = sum(row[name] for name in ("mailbox", "vouched", "revisions", "withdrawals"))
            if numbers == 0:
                self.found("batch-count-wrong")
            if row["letter"] not in self.letters:
                self.found("letter-unknown")
            left += numbers
        self.batch = {"leaf": leaf, "left": left, "rows": {}, "last": None, "damaged": False}
        if left == 0:
            self.close_batch()

    def take_place(self):
        self.batch["left"] -= 1
        if self.batch["left"] == 0:
            self.close_batch()

    def end_batch(self):
        if self.batch is not None:
            self.found("batch-count-wrong")
            self.batch["damaged"] = True
            self.close_batch()

    def close_batch(self):
        batch, self.batch = self.batch, None
        day = batch["leaf"]["day"]
        stated = {row["letter"]: {n: row[n] for n in row if n != "letter"} for row in batch["leaf"]["letters"]}
        if not batch["damaged"] and {k: v for k, v in stated.items() if sum(v.values())} != batch["rows"]:
            self.found("batch-count-wrong")
        for name, row in batch["rows"].items():
            letter = self.letters.get(name)
            now = row["mailbox"] + row["vouched"]
            if letter is None or now == 0:
                continue
            rule = letter.leaf["batch"]
            if letter.released == now and letter.count("mailbox", False) < rule["first"]:
                self.found("batch-before-first")
            for cls in ("mailbox", "vouched"):
                if row[cls] > 0:
                    self.release_day(letter, cls, row[cls], day)

    def release_day(self, letter, cls, count, day):
        rule = letter.leaf["batch"]["classes"][cls]
        since = day_number(day) - day_number(letter.leaf["opens"])
        late = day > letter.closes()
        wrong = []
        if since <= 0 or late or since % rule["every"] != 0:
            wrong.append("batch-wrong-day")
        if count < rule["min"]:
            wrong.append("batch-under-minimum")
        for code in wrong:
            if late:
                self.held.append((letter.leaf["letter"], day, code))
            else:
                self.found(code)

    def release_held(self):
        """Those were no closing batches."""
        self.codes |= {code for _, _, code in self.held}
        self.held = []

    # signatories

    def signatorys(self, leaf, index, digest):
        letter = self.letters.get(leaf["letter"])
        valid = True
        if leaf["type"] == "endorsement" and letter is not None:
            valid = self.tokens(letter, leaf)
        if not signed_by(leaf["key"], leaf):
            self.found("signature-invalid")
            valid = False
        if letter is None:
            self.found("letter-unknown")
        batch = self.batch
        if batch is None:
            self.found("leaf-out-of-place")
            return
        place = (leaf["seq"], digest)
        if batch["last"] is not None and place <= batch["last"]:
            self.found("batch-unsorted")
        batch["last"] = place
        row = batch["rows"].setdefault(leaf["letter"], {"mailbox": 0, "vouched": 0, "revisions": 0, "withdrawals": 0})
        row[leaf["class"] if leaf["type"] == "endorsement" else leaf["type"] + "s"] += 1
        if letter is not None:
            self.state(letter, leaf, index, b64url(digest), valid)
        self.take_place()

    def tokens(self, letter, leaf):
        epoch, slot = letter.epoch, letter.leaf["slot"]
        manifest = epoch["version"]["manifest"]
        valid = len(leaf["tokens"]) == manifest["quorum"]
        if not valid:
            self.found("token-count")
        if leaf["class"] not in [item["class"] for item in manifest["evidence"]]:
            self.found("class-not-issued")
            return False
        for token in leaf["tokens"]:
            key = epoch["keys"].get((leaf["class"], slot, token["registrar"]))
            if key is None:
                self.found("token-registrar-unknown")
                valid = False
                continue
            data = unb64url(token["prefix"], 32) + token_message(
                self.workforce, epoch["leaf"]["epoch"], slot, leaf["class"], token["registrar"], key[1], leaf["key"])
            if not rsa_pss(key[0], data, unb64url(token["signature"], 256)):
                self.found("token-invalid")
                valid = False
        return valid

    def state(self, letter, leaf, index, name, valid):
        if leaf["type"] == "endorsement":
            letter.released += 1
            day = self.batch["leaf"]["day"]
            letter.days = {"first": (letter.days or {"first": day})["first"], "last": day}
            if letter.closing is not None:
                self.found("endorsement-after-closing")
            elif valid and leaf["key"] in letter.keys:
                self.found("endorsement-repeated")
            elif valid:
                letter.keys[leaf["key"]] = {
                    "class": leaf["class"], "seq": 0, "leaf": name, "index": index, "withdrawn": False,
                    "commitment": leaf["commitment"]}
                for token in leaf["tokens"]:
                    use = (leaf["class"], token["registrar"])
                    letter.used[use] = letter.used.get(use, 0) + 1
            return
        if not valid:
            return
        key = letter.keys.get(leaf["key"])
        if key is not None and leaf["seq"] <= key["seq"]:
            self.found("sequence-repeated")
        elif key is None or leaf["seq"] != key["seq"] + 1 or leaf["previous"] != key["leaf"]:
            self.found("predecessor-missing")
        else:
            key.update(seq=leaf["seq"], leaf=name, index=index, withdrawn=leaf["type"] == "withdrawal",
                       commitment=leaf.get("commitment"))

    # what follows from all leaves

    def since(self, letter):
        return [v for v in self.versions if v["index"] >= letter.epoch["version"]["index"]]

    def numbers(self, letter):
        manifest = letter.epoch["version"]["manifest"]
        for registrar in [r["identity"] for r in manifest["registrars"]]:
            last = self.issued.get((letter.leaf["epoch"], registrar))
            for cls in ("mailbox", "vouched"):
                if last is None:
                    continue
                counts = {item["evidence"]: item["count"] for item in last["issued"]}
                kinds = [item["kind"] for item in manifest["evidence"] if item["class"] == cls]
                most = sum(counts.get(kind, 0) + last["batch"] - 1 for kind in kinds)
                if letter.used.get((cls, registrar), 0) > most:
                    self.found("more-endorsed-than-issued")
        until = letter.closing["index"] if letter.closing else float("inf")
        stated = [v["manifest"]["headcount"]["number"] for v in self.since(letter)
                  if v["index"] < until and v["manifest"]["headcount"]]
        if stated and sum(k["class"] == "mailbox" for k in letter.keys.values()) > max(stated):
            self.found("more-than-headcount")

    def openings(self, letter):
        name = letter.leaf["letter"]
        versions = [v["manifest"] for v in self.since(letter)]
        roles = {role for m in versions for role in m["roles"]}
        places = {place for m in versions for place in m["places"]}
        offered = letter.manifest["appearances"] if letter.manifest else list(APPEARANCES)
        letter.shown = {cls: {"named": 0, "confirmed": 0, "role": 0, "hidden": 0} for cls in ("mailbox", "vouched")}
        # Endorsements that count, in log order: that is the order of `keys`.
        for page in range(-(-len(letter.keys) // 1000)):
            states = {k["index"]: (key, k) for key, k in list(letter.keys.items())[1000 * page:1000 * page + 1000]}
            data = self.read(f"openings/{name}/{page}.json")
            if data is None:
                continue
            try:
                file = parse(data, 4_000_000)
                OPENINGS(file)
            except Refused:
                self.found("file-malformed")
                continue
            if (file["letter"], file["page"]) != (name, page):
                self.found("opening-misplaced")
            before = -1
            for item in file["entries"]:
                index, opening = item["index"], item.get("opening")
                key, state = states.get(index, (None, None))
                if index <= before or key is None or state["withdrawn"]:
                    self.found("opening-misplaced")
                elif opening is None:
                    letter.shown[state["class"]]["hidden"] += 1
                elif ((opening["letter"], opening["key"], opening["seq"]) != (name, key, state["seq"])
                      or named("opening", encode(opening)) != state["commitment"]):
                    self.found("opening-mismatch")
                else:
                    self.shown(letter, opening, state["class"], offered, roles, places)
                before = index

    def shown(self, letter, opening, cls, offered, roles, places):
        look = opening["appearance"]
        confirmed = look.get("confirmed")
        listed = look.get("role") in roles | {None} and look.get("place") in places | {None}
        taken = look["kind"] != "named" or confirmed or not letter.manifest or letter.manifest["names"] == "any"
        if look["kind"] not in offered or not listed or not taken:
            self.found("opening-not-offered")
        elif confirmed and not self.name_confirmed(letter, opening, cls):
            self.found("name-not-confirmed")
        elif look["kind"] != "anonymous":
            letter.shown[cls][look["kind"]] += 1
            letter.shown[cls]["confirmed"] += 1 if confirmed else 0

    def name_confirmed(self, letter, opening, cls):
        """§7: by exactly k of the epoch's registrars, for this name, key and slot."""
        look, epoch = opening["appearance"], letter.epoch
        manifest, confirmed = epoch["version"]["manifest"], look["confirmed"]
        if cls != "mailbox" or len(confirmed["by"]) != manifest["quorum"]:
            return False
        if confirmed["rule"] == "pattern" and manifest["names"] is None:
            return False
        key = named("name-key", encode({"key": opening["key"], "salt": confirmed["salt"]}))
        for by in confirmed["by"]:
            data = message("name-confirmation", encode({
                "workforce": self.workforce, "epoch": epoch["leaf"]["epoch"], "slot": letter.leaf["slot"],
                "registrar": by["registrar"], "name": look["name"], "rule": confirmed["rule"], "key": key}))
            right = by["registrar"] in epoch["statements"]
            if not right or not ed25519(unb64url(by["registrar"], 32), data, unb64url(by["sig"], 64)):
                return False
        return True

    def index(self, size):
        data = self.read("index.json")
        if data is None:
            return
        try:
            file = parse(data, 16_000_000)
            INDEX(file)
        except Refused:
            self.found("file-malformed")
            return
        if file["size"] != size:
            return
        right = (file["workforce"] == self.workforce
                 and file["workforces"] == [v["index"] for v in self.versions]
                 and file["clients"] == self.clients
                 and file["issuance"] == sorted(self.issuance_at.values())
                 and file["destructions"] == list(self.destroyed.values())
                 and file["epochs"] == [e["index"] for e in self.epochs.values()]
                 and len(file["letters"]) == len(self.letters))
        for row in file["letters"]:
            letter = self.letters.get(row["letter"])
            if letter is None:
                right = False
                continue
            closing = letter.closing["index"] if letter.closing else None
            early = letter.early["index"] if letter.early else None
            right &= (row["leaf"], row["closing"], row["earlyClosing"]) == (letter.index, closing, early)
            right &= row["days"] == letter.days
            right &= all(row[kind] == letter.further[kind] for kind in FURTHER)
            told = (row["endorsements"], row["counted"], row["withdrawn"])
            if told != (len(letter.keys), letter.counts(False), letter.counts(True)):
                self.found("count-inflated")
        if not right:
            self.found("index-wrong")

    def rows(self):
        return [{
            "letter": name,
            "state": letter.closing["leaf"]["outcome"] if letter.closing else "open",
            "counted": letter.count("mailbox", False),
            "withdrawn": letter.count("mailbox", True),
            "endorsed": letter.count("mailbox", False) + letter.count("mailbox", True),
            "vouched": letter.count("vouched", False),
            **letter.shown["mailbox"],
            "deliveries": len(letter.further["deliveries"]),
            "responses": len(letter.further["responses"]),
            "withheld": letter.withheld,
            "judgements": len(letter.further["judgements"]),
            "dealings": len(letter.register[1]),
            "chronicle": len(letter.in_force),
        } for name, letter in self.letters.items()]


def repeats_registrar(entry):
    try:
        registrars = [token["registrar"] for token in parse(entry, 8192)["tokens"]]
    except (Refused, TypeError, KeyError):
        return False
    return len(set(registrars)) < len(registrars)


# ---------------------------------------------------------------------------------------------- sources, cases, remaking


def source(path):
    if os.path.isdir(path):
        def from_folder(name):
            full = os.path.join(path, *name.split("/"))
            if not os.path.isfile(full):
                return None
            with open(full, "rb") as file:
                return file.read()
        return from_folder
    archive = zipfile.ZipFile(path)
    names = set(archive.namelist())
    return lambda name: archive.read(name) if name in names else None


def read_known(path):
    if path is None:
        return None
    with open(path, "rb") as file:
        return file.read()


def all_cases():
    with open(os.path.join(HERE, "cases.json"), encoding="utf-8") as file:
        cases = json.load(file)
    wrong = 0
    for case in cases:
        known = None if case["known"] is None else os.path.join(HERE, case["known"])
        result = Recount(source(os.path.join(HERE, case["file"])), case["workforce"], read_known(known))
        expect = set(case["expect"])
        right = expect <= result.codes if expect else not result.codes and result.rows() == case["letters"]
        wrong += not right
        if not right:
            print(f"{case['file']}: expected {sorted(expect)}, found {sorted(result.codes)}")
    print(f"{len(cases) - wrong} of {len(cases)} as expected")
    return wrong


def remake():
    """§5, §6, §9: from the entropy of each phrase to what it makes, byte for byte."""
    with open(os.path.join(HERE, "keys.json"), encoding="utf-8") as file:
        keys = json.load(file)
    with open(os.path.join(HERE, "cases.json"), encoding="utf-8") as file:
        workforce = json.load(file)[0]["workforce"]
    result = Recount(source(os.path.join(HERE, "valid")), workforce)
    entries, _ = result.entries(Checkpoint(result.read("checkpoint"), result.versions[0]["manifest"]))
    logged = {}
    for entry in entries:
        leaf = parse_leaf(entry)
        if leaf["type"] == "endorsement":
            logged[leaf["key"]] = leaf
    registrars = [r["public"] for r in keys["ed25519"]["registrars"]]
    roots = [root_secret(person) for person in keys["people"]]
    made = 0
    for letter in result.letters.values():
        for root in roots:
            made += endorsement_from(root, workforce, letter, registrars, keys, logged) is not None
    salts = names_from(result, roots)
    print(f"{made} of {len(logged)} endorsements made again")
    print(f"{salts[0]} of {salts[1]} salts of confirmed names made again")
    with open(os.path.join(HERE, "invitation.json"), encoding="utf-8") as file:
        expected = json.load(file)
    invitation = invitation_from(result, registrars, keys, roots, expected) == expected
    print(f"the invitation {'was' if invitation else 'was NOT'} made again")
    return int(made != len(logged) or salts[0] != salts[1] or salts[1] == 0 or not invitation)


def root_secret(person):
    return hmac.digest(b"undersigned/phrase/v1", unb64url(person["entropy"], 16), "sha256")


def expand(root, thing, value, length):
    data, block, info = b"", b"", message(thing, encode(value))
    for count in range(1, 256):
        if len(data) >= length:
            break
        block = hmac.digest(root, block + info + bytes([count]), "sha256")
        data += block
    return data[:length]


class Signer:
    """RFC 8032."""

    def __init__(self, seed):
        secret = hashlib.sha512(seed).digest()
        self.a = int.from_bytes(secret[:32], "little") & (2**254 - 8) | 2**254
        self.nonces = secret[32:]
        self.public = encode_point(times(self.a, BASE))

    def sign(self, data):
        r = int.from_bytes(hashlib.sha512(self.nonces + data).digest(), "little") % L
        commitment = encode_point(times(r, BASE))
        k = int.from_bytes(hashlib.sha512(commitment + self.public + data).digest(), "little") % L
        return commitment + ((r + k * self.a) % L).to_bytes(32, "little")


def private_exponent(pair):
    p, q = (int.from_bytes(unb64url(pair[name]), "big") for name in "pq")
    return pow(65537, -1, (p - 1) * (q - 1))


def blinded(n, data, salt, blinding):
    """EM r^e mod n, and r."""
    encoded = int.from_bytes(pss_encode(data, salt), "big")
    r = int.from_bytes(blinding, "big") % n
    return encoded * pow(r, 65537, n) % n, r


def rsa_text(value):
    return b64url(value.to_bytes(256, "big"))


def token_request(root, workforce, epoch, slot, cls, registrar, key, slot_key):
    """The blinded message for one registrar's key, the blinding factor, and the prefix."""
    n, spki = key
    binding = {"epoch": epoch, "slot": slot, "spki": named("spki", spki), "workforce": workforce}
    prefix = expand(root, "token-prefix", binding, 32)
    data = prefix + token_message(workforce, epoch, slot, cls, registrar, spki, slot_key)
    salt, blinding = expand(root, "token-salt", binding, 48), expand(root, "blinding", {**binding, "attempt": 0}, 272)
    return (*blinded(n, data, salt, blinding), prefix)


def slot_signer(root, workforce, epoch, slot):
    return Signer(expand(root, "slot-key", {"epoch": epoch, "slot": slot, "workforce": workforce}, 32))


def endorsement_from(root, workforce, letter, registrars, keys, logged):
    epoch, slot = letter.leaf["epoch"], letter.leaf["slot"]
    at = {"epoch": epoch, "slot": slot, "workforce": workforce}
    signer = slot_signer(root, workforce, epoch, slot)
    leaf = logged.get(b64url(signer.public))
    if leaf is None:
        return None
    cls = leaf["class"]
    primes = keys["rsa"][str(epoch)] if cls == "mailbox" else keys["rsaVouching"]["slots"]

    def rank(registrar):
        return expand(root, "token-choice", {**at, "letter": letter.leaf["letter"], "registrar": registrar}, 32)

    tokens = []
    for registrar in sorted(sorted(registrars, key=rank)[:2]):
        key = letter.epoch["keys"][cls, slot, registrar]
        request, r, prefix = token_request(root, workforce, epoch, slot, cls, registrar, key, leaf["key"])
        answer = pow(request, private_exponent(primes[registrars.index(registrar)][slot]), key[0])
        signature = answer * pow(r, -1, key[0]) % key[0]
        tokens.append({"registrar": registrar, "prefix": b64url(prefix), "signature": rsa_text(signature)})
    unsigned = {**{name: value for name, value in leaf.items() if name != "sig"}, "tokens": tokens}
    sig = signer.sign(message("endorsement", encode(unsigned)))
    return leaf if {**unsigned, "sig": b64url(sig)} == leaf else None


def names_from(result, roots):
    """How many of the salts under which names are confirmed are those of the phrases, and how many there are."""
    right = total = 0
    for name, letter in result.letters.items():
        at = {"epoch": letter.leaf["epoch"], "slot": letter.leaf["slot"], "workforce": result.workforce}
        salts = {b64url(expand(root, "name-salt", at, 32)) for root in roots}
        page = result.read(f"openings/{name}/0.json")
        for item in json.loads(page)["entries"] if page else []:
            if "hidden" in item:
                continue
            confirmed = item["opening"]["appearance"].get("confirmed")
            total += 1 if confirmed else 0
            right += 1 if confirmed and confirmed["salt"] in salts else 0
    return right, total


def invitation_from(result, registrars, keys, roots, expected):
    """From who gives it to what each registrar is shown by who uses it."""
    workforce, epoch, number = (expected[name] for name in ("workforce", "epoch", "number"))
    at = {"epoch": epoch, "number": number, "workforce": workforce}
    secret = expand(roots[expected["inviter"]], "invitation", at, 32)
    signer = Signer(expand(secret, "invitation-key", at, 32))
    invitee, public = roots[expected["invitee"]], b64url(signer.public)
    rows, text_bytes = [], bytes([1]) + epoch.to_bytes(2, "big") + bytes([number]) + secret
    for place, registrar in enumerate(registrars):
        n, spki = result.epochs[epoch]["keys"]["invitation", number, registrar]
        binding = {**at, "spki": named("spki", spki)}
        prefix = expand(secret, "invitation-prefix", binding, 32)
        data = prefix + message("invitation", encode({
            "type": "invitation", "v": 1, "suite": "RSABSSA-SHA384-PSS-Randomized-2048+Ed25519", "workforce": workforce,
            "epoch": epoch, "number": number, "registrar": registrar, "spki": named("spki", spki), "key": public}))
        salt = expand(secret, "invitation-salt", binding, 48)
        request, r = blinded(n, data, salt, expand(secret, "invitation-blinding", {**binding, "attempt": 0}, 272))
        answer = pow(request, private_exponent(keys["rsaVouching"]["invitations"][place][number]), n)
        signature = answer * pow(r, -1, n) % n
        slots = []
        for slot in range(16):
            key = result.epochs[epoch]["keys"]["vouched", slot, registrar]
            own = b64url(slot_signer(invitee, workforce, epoch, slot).public)
            asked = token_request(invitee, workforce, epoch, slot, "vouched", registrar, key, own)[0]
            slots.append({"slot": slot, "blinded": rsa_text(asked)})
        requests = named("blind-requests", encode({
            "class": "vouched", "epoch": epoch, "invitations": [], "registrar": registrar, "slots": slots,
            "workforce": workforce}))
        rows.append({
            "registrar": registrar, "blinded": rsa_text(request), "answer": rsa_text(answer), "requests": requests,
            "evidence": {
                "kind": "vouch", "number": number, "key": public, "prefix": b64url(prefix),
                "signature": rsa_text(signature),
                "sig": b64url(signer.sign(message("invitation-use", encode({"requests": requests}))))}})
        text_bytes += bytes([place]) + signature.to_bytes(256, "big")
    return {**expected, "secret": b64url(secret), "key": public, "text": b64url(text_bytes), "registrars": rows}


def main(arguments):
    if not arguments:
        return all_cases()
    if arguments == ["--remake"]:
        return remake()
    known = arguments[arguments.index("--known") + 1] if "--known" in arguments else None
    workforce = arguments[arguments.index("--workforce") + 1]
    result = Recount(source(arguments[0]), workforce, read_known(known))
    print(json.dumps({"failures": sorted(result.codes), "letters": result.rows()}, indent=1))
    return int(bool(result.codes))


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
