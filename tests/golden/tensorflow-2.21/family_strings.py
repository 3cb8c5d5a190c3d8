"""String ops."""

import numpy as np
import tensorflow as tf

from golden import ALL, FLOATS, INTS, gen, np_dtype

i32 = np.int32
WORDS = np.array(["Hello", "", "wörld", "a,b,,c", "日本語", "  pad ", "x1y22", "\U0001f30b"], object)


def s(*v):
    return np.array([x.encode() if isinstance(x, str) else x for x in v], object)


def make(f):
    words = np.array([w.encode() for w in WORDS], object)
    for unit in ("BYTE", "UTF8_CHAR"):
        f.case("StringLength", unit, [words], unit=unit)
        for pos, n in [(0, 2), (1, 3), (-2, 2)]:
            f.case("Substr", f"{unit}_{pos}_{n}", [s("Hello", "wörld", "日本語"), i32(pos), i32(n)], unit=unit)
    f.case("Substr", "each", [s("abcdef", "ghijkl"), i32([1, 2]), i32([3, 9])])
    f.case("Substr", "2d", [words[:4].reshape(2, 2)[:, :1].repeat(2, 1)[0], i32([0, 1]), i32([2, 2])])
    f.fails("Substr", "position", [s("abc"), i32(5), i32(1)])
    f.fails("StringLength", "dtype", [np.float32([1])])
    for encoding in ("", "utf-8"):
        f.case("StringUpper", encoding or "ascii", [words], encoding=encoding)
        f.case("StringLower", encoding or "ascii", [words], encoding=encoding)
    f.case("StringStrip", "words", [s("  a b ", "\tx\n", "", "y")])
    f.case("StringJoin", "two", [[s("a", "b"), s("c", "d")]], separator="")
    f.case("StringJoin", "separator", [[s("a", "b"), s("c", "d"), s("e", "f")]], separator=", ")
    f.case("StringJoin", "scalar", [[b"x", s("c", "d")]], separator="-")
    f.case("StringJoin", "one", [[s("a")]], separator="-")
    f.fails("StringJoin", "shapes", [[s("a", "b"), s("a", "b", "c")]])
    f.case("ReduceJoin", "all", [words.reshape(2, 4), i32([0, 1])], separator="|")
    f.case("ReduceJoin", "axis1", [words.reshape(2, 4), i32([1])], separator="|", keep_dims=True)
    for sep in (",", "", " ", ", "):
        f.case(
            "StringSplitV2", f"by_{sep.encode().hex() or 'space'}", [s("a,b,,c", " x  y ", "", "p, q"), sep.encode()]
        )
    f.case("StringSplitV2", "limit", [s("a,b,c,d"), b","], maxsplit=2)
    f.case("StringSplit", "chars", [s("ab,c d", "", ",x"), b", "], skip_empty=True)
    f.case("StringSplit", "keep_empty", [s("ab,c d", "", ",x"), b", "], skip_empty=False)
    for pattern in ("a.*", "[0-9]+", "(?i)HELLO", "", ".*,.*", "\\w+"):
        f.case("RegexFullMatch", f"pattern_{pattern.encode().hex()}", [words, pattern.encode()])
        f.case("StaticRegexFullMatch", f"pattern_{pattern.encode().hex()}", [words], pattern=pattern)
    for pattern, rewrite in [("[aeiou]", "_"), ("(\\w)(\\d)", "\\2\\1"), (",", ""), ("^", "> ")]:
        for every in (True, False):
            f.case(
                "RegexReplace",
                f"{pattern.encode().hex()}_{every}",
                [words, pattern.encode(), rewrite.encode()],
                replace_global=every,
            )
            f.case(
                "StaticRegexReplace",
                f"{pattern.encode().hex()}_{every}",
                [words],
                pattern=pattern,
                rewrite=rewrite,
                replace_global=every,
            )
    f.fails("RegexFullMatch", "pattern", [words, b"("])
    for dtype in ALL + ["string"]:
        x = s("a", "") if dtype == "string" else gen(f.rng("AsString", dtype), (4,), dtype, -20, 20)
        f.case("AsString", dtype, [x], skip=True)
    v = np.array([0.0, -0.0, 1.0, 0.1, 1e10, 1e-10, 123456.789, np.inf, -np.inf, np.nan, 1e38, 3.0])
    for dtype in FLOATS:
        for name, attrs in {
            "default": {},
            "precision": dict(precision=2),
            "scientific": dict(scientific=True),
            "shortest": dict(shortest=True),
            "width": dict(width=9, precision=3),
            "fill": dict(width=12, fill="0"),
            "left": dict(width=10, fill="-"),
            "scientific3": dict(scientific=True, precision=3),
            "space": dict(fill=" ", width=8, precision=1),
        }.items():
            f.case("AsString", f"{dtype}_{name}", [v.astype(np_dtype(dtype))], skip=True, **attrs)
    for dtype in INTS:
        i = np.iinfo(dtype)
        for name, attrs in {"edges": {}, "width": dict(width=6), "fill": dict(width=6, fill="0")}.items():
            f.case("AsString", f"{dtype}_{name}", [np.array([0, 1, i.max, i.min], dtype)], skip=True, **attrs)
    f.fails("AsString", "precision", [i32([1])], precision=3)
    numbers = s("0", "-1", "42", "  7 ", "+5")
    for out in (tf.float32, tf.float64, tf.int32, tf.int64):
        f.case("StringToNumber", f"{out.name}_whole", [numbers], skip=True, out_type=out)
        f.fails("StringToNumber", out.name, [s("1", "x")], out_type=out)
        f.fails("StringToNumber", f"{out.name}_empty", [s("")], out_type=out)
    for out in (tf.float32, tf.float64):
        f.case(
            "StringToNumber",
            f"{out.name}_real",
            [s("1.5", "-2e3", ".5", "1e-3", "inf", "-inf", "nan", "3.", "0x10", "1e400")],
            out_type=out,
        )
    f.fails("StringToNumber", "overflow", [s("2147483648")], out_type=tf.int32)
    for n in (1, 10, 1000):
        f.case("StringToHashBucketFast", str(n), [words], num_buckets=n)
        f.case("StringToHashBucketStrong", str(n), [words], num_buckets=n, key=[1, 2])
        f.case("StringToHashBucket", str(n), [words], num_buckets=n)
    raw = np.arange(8, dtype=np.float32)
    f.case("DecodeRaw", "float32", [np.array([raw[:4].tobytes(), raw[4:].tobytes()], object)], out_type=tf.float32)
    f.case(
        "DecodeRaw",
        "big_endian",
        [np.array([raw[:4].astype(">f4").tobytes()], object)],
        out_type=tf.float32,
        little_endian=False,
    )
    f.case("DecodeRaw", "uint8", [s("abc", "def")], out_type=tf.uint8)
    f.case("EncodeBase64", "plain", [words])
    f.case("EncodeBase64", "padded", [words], pad=True)
    f.case("DecodeBase64", "plain", [s("SGVsbG8", "", "_-8")])
    f.case(
        "UnicodeTranscode",
        "replace",
        [np.array([b"ok", b"\xff\xfe", "é".encode()], object)],
        input_encoding="UTF-8",
        output_encoding="UTF-8",
        errors="replace",
    )
    f.case("UnicodeDecode", "utf8", [words], input_encoding="UTF-8")
    f.case("UnicodeEncode", "utf8", [i32([72, 101, 26085, 127755]), np.int64([0, 2, 4])], output_encoding="UTF-8")
    f.case("UnicodeScript", "some", [i32([65, 1041, 26085, 48])])
    f.case("StringFormat", "two", [[np.float32([1.5, 2]), i32(7)]], template="a {} b {} c", placeholder="{}")
    f.case("StringFormat", "summarize", [[np.arange(20, dtype=i32)]], template="{}", placeholder="{}", summarize=3)
    f.case(
        "StringNGrams",
        "two",
        [s("a", "b", "c", "d"), np.int64([0, 3, 4])],
        separator=" ",
        ngram_widths=[2],
        left_pad="",
        right_pad="",
        pad_width=0,
        preserve_short_sequences=False,
    )
    for case, widths, pad, short in [("widths", [1, 3], 0, False), ("padded", [2, 3], -1, False), ("pad_one", [3], 1, True), ("short", [4], 0, True)]:
        f.case(
            "StringNGrams",
            case,
            [s("a", "bb", "", "c", "d"), np.int32([0, 3, 3, 5])],
            separator="_",
            ngram_widths=widths,
            left_pad="<",
            right_pad=">>",
            pad_width=pad,
            preserve_short_sequences=short,
        )
