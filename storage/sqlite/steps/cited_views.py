"""The documented view of paragraphs with the citation that is given everywhere, as a step of the schema.

Version 2: `citation` was "resolution 2387 (2017), para. 42", and of anything but a resolution the bare address. Now it
is the UN's own form, the same as in every record: "Security Council resolution 2387 (2017), para. 42", "statement by
the President of the Security Council of 20 July 2000 (S/PRST/2000/25), fifth paragraph". `source_url` is the file that
was read. What the words are is said by `scraper.council.citation_form`; a test compares.
"""

# ruff: noqa: S608 - the statements are made of constants alone

from typing import Final

_UNITS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS: Final = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
#: The words of the counts from 1 to 99, in this order.
_COUNTS: Final = (
    *_UNITS,
    *_TEENS,
    *(words for tens in _TENS for words in (f"{tens[:-1]}ieth", *(f"{tens}-{unit}" for unit in _UNITS))),
)
# "S/PRST/2000/25" of "2000-07-20": " of 20 July 2000"
_DAY: Final = "coalesce(v.adopted_on, v.published_on)"
_NAMED: Final = " ".join(f"WHEN '{number:02}' THEN '{name}'" for number, name in enumerate(_MONTHS, 1))
_ON: Final = (
    f"' of ' || CAST(substr({_DAY}, 9, 2) AS INTEGER) || ' ' || CASE substr({_DAY}, 6, 2) {_NAMED} END || ' ' || "
    f"substr({_DAY}, 1, 4)"
)
_DOCUMENT: Final = f"""
CASE v.kind
    WHEN 'resolution' THEN 'Security Council resolution ' || substr(d.symbol, 7)
    WHEN 'presidential_statement'
        THEN 'statement by the President of the Security Council' || coalesce({_ON}, '') || ' (' || d.symbol || ')'
    ELSE coalesce(v.subject || ' (' || d.symbol || ')', d.symbol)
END"""
# An address is walked word by word: "OP 42 (a)" is "para." "42" "(a)". What is counted opens with a sign, `~` before
# the count of a preambular paragraph, `^` before that of one that stands before OP 1, and is put into words.
_WORDS_OF_ADDRESS: Final = """
CASE WHEN p.address LIKE 'PP %' THEN '~' || substr(p.address, 4)
     WHEN p.address LIKE 'OP 0 +%' THEN '^' || substr(p.address, 7)
     WHEN p.address LIKE 'OP %' THEN 'para. ' || substr(p.address, 4)
     WHEN p.address LIKE 'para. +%' THEN substr(p.address, 7)
     WHEN p.address LIKE 'para.%' THEN p.address
     ELSE lower(substr(p.address, 1, 1)) || substr(p.address, 2) END || ' '"""
_WORD: Final = "substr(rest, 1, instr(rest, ' ') - 1)"
_COUNT: Final = f"CAST(ltrim({_WORD}, '(•+#~^') AS INTEGER)"
_FIGURES: Final = (
    f"{_COUNT} || CASE WHEN {_COUNT} % 100 IN (11, 12, 13) THEN 'th' WHEN {_COUNT} % 10 = 1 THEN 'st' "
    f"WHEN {_COUNT} % 10 = 2 THEN 'nd' WHEN {_COUNT} % 10 = 3 THEN 'rd' ELSE 'th' END"
)
_ORDINAL: Final = f"coalesce(o.words, {_FIGURES})"
_UNNUMBERED: Final = """
CASE WHEN p.address GLOB 'OP [0-9]*' OR p.address GLOB '*para. [0-9]*' THEN ' unnumbered' ELSE '' END || ' paragraph'"""
_PLACE: Final = f"""
(WITH RECURSIVE walked (rest, words) AS (
    SELECT {_WORDS_OF_ADDRESS}, ''
    UNION ALL
    SELECT substr(rest, instr(rest, ' ') + 1),
           CASE substr(rest, 1, 1)
               WHEN '~' THEN {_ORDINAL} || ' preambular paragraph'
               WHEN '^' THEN {_ORDINAL} || ' unnumbered paragraph before para. 1'
               WHEN '+' THEN ltrim(walked.words || ', ', ', ') || {_ORDINAL} || {_UNNUMBERED}
               WHEN '#' THEN walked.words || ' (' || {_ORDINAL} || ' of that number)'
               ELSE CASE WHEN rest LIKE '(•%' THEN walked.words || ', ' || {_ORDINAL} || ' bullet'
                         ELSE ltrim(walked.words || ' ' || {_WORD}) END
           END
    FROM walked LEFT JOIN ordinals o ON o.count = {_COUNT} WHERE rest <> '')
 SELECT words FROM walked WHERE rest = '')"""

CITED: Final = (
    "CREATE TABLE ordinals (count INTEGER PRIMARY KEY, words TEXT NOT NULL)",
    f"INSERT INTO ordinals VALUES {', '.join(f'''({count}, '{words}')''' for count, words in enumerate(_COUNTS, 1))}",
    "DROP VIEW wps_version",
    "CREATE VIEW wps_version AS SELECT 2 AS version",
    "DROP VIEW wps",
    f"""
    CREATE VIEW wps AS
    SELECT d.symbol, d.language, v.kind, v.adopted_on, v.published_on,
           CAST(substr({_DAY}, 1, 4) AS INTEGER) AS year,
           (SELECT situation FROM placements t WHERE t.symbol = d.symbol AND situation IS NOT NULL
            ORDER BY basis LIMIT 1) AS situation,
           coalesce((SELECT bodies FROM placements t WHERE t.symbol = d.symbol AND bodies <> '[]'
                     ORDER BY basis LIMIT 1), '[]') AS bodies,
           p.address, p.part, p.chapeau, p.text,
           (SELECT json_group_array(theme) FROM (
                SELECT theme FROM labels WHERE paragraph = p.id ORDER BY position)) AS themes,
           'https://docs.un.org/' || d.language || '/' || replace(d.symbol, ' ', '') AS url,
           {_DOCUMENT} || ', ' || {_PLACE} AS citation,
           p.id AS paragraph,
           (SELECT s.url FROM snapshots s WHERE s.id = v.snapshot) AS source_url
    FROM paragraphs p JOIN versions v ON v.id = p.version AND v.is_current JOIN documents d ON d.id = v.document
    WHERE EXISTS (SELECT 1 FROM labels WHERE labels.paragraph = p.id)
    """,
)
