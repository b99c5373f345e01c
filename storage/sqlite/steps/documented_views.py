"""The views that researchers may rely on, as the step of the schema that makes them.

They are documented column by column. A change that breaks a question raises `wps_version`, in a step of its own.
"""

from typing import Final

ABOUT_WOMEN: Final = (
    "CREATE VIEW wps_version AS SELECT 1 AS version",
    """
    CREATE VIEW wps AS
    SELECT d.symbol, d.language, v.kind, v.adopted_on, v.published_on,
           CAST(substr(coalesce(v.adopted_on, v.published_on), 1, 4) AS INTEGER) AS year,
           (SELECT situation FROM placements t WHERE t.symbol = d.symbol AND situation IS NOT NULL
            ORDER BY basis LIMIT 1) AS situation,
           coalesce((SELECT bodies FROM placements t WHERE t.symbol = d.symbol AND bodies <> '[]'
                     ORDER BY basis LIMIT 1), '[]') AS bodies,
           p.address, p.part, p.chapeau, p.text,
           (SELECT json_group_array(theme) FROM (
                SELECT theme FROM labels WHERE paragraph = p.id ORDER BY position)) AS themes,
           'https://docs.un.org/' || d.language || '/' || replace(d.symbol, ' ', '') AS url,
           CASE WHEN d.symbol LIKE 'S/RES/%' THEN 'resolution ' || substr(d.symbol, 7) ELSE d.symbol END || ', ' ||
           CASE substr(p.address, 1, 3)
               WHEN 'OP ' THEN 'para. ' || substr(p.address, 4)
               WHEN 'PP ' THEN 'preambular para. ' || substr(p.address, 4)
               ELSE p.address END AS citation,
           p.id AS paragraph
    FROM paragraphs p JOIN versions v ON v.id = p.version AND v.is_current JOIN documents d ON d.id = v.document
    WHERE EXISTS (SELECT 1 FROM labels WHERE labels.paragraph = p.id)
    """,
    """
    CREATE VIEW wps_by_year AS
    SELECT CAST(substr(coalesce(v.adopted_on, v.published_on), 1, 4) AS INTEGER) AS year, d.language, v.kind,
           count(DISTINCT d.id) AS documents, count(*) AS paragraphs, sum(l.paragraph IS NOT NULL) AS wps_paragraphs,
           round(1.0 * sum(l.paragraph IS NOT NULL) / count(*), 4) AS share
    FROM paragraphs p JOIN versions v ON v.id = p.version AND v.is_current JOIN documents d ON d.id = v.document
    LEFT JOIN (SELECT DISTINCT paragraph FROM labels) l ON l.paragraph = p.id
    GROUP BY 1, 2, 3
    """,
    """
    CREATE VIEW paragraph_themes AS
    SELECT d.symbol, d.language, v.kind, v.adopted_on,
           CAST(substr(coalesce(v.adopted_on, v.published_on), 1, 4) AS INTEGER) AS year, p.address, l.theme,
           p.id AS paragraph
    FROM labels l JOIN paragraphs p ON p.id = l.paragraph JOIN versions v ON v.id = p.version AND v.is_current
    JOIN documents d ON d.id = v.document
    """,
)
