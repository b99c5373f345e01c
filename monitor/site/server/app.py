"""The site as a web application that only reads: the files of `site build` from the live database, and a search."""

from mimetypes import guess_type

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from monitor.site.folder import digest_of
from monitor.site.server.live import LiveSite

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".atom": "application/atom+xml", ".rss": "application/rss+xml", ".ics": "text/calendar; charset=utf-8",
    ".ris": "application/x-research-info-systems", ".bib": "text/x-bibtex; charset=utf-8",
}  # fmt: skip


def app_of(site: LiveSite) -> Starlette:
    """The application."""

    async def answer(request: Request) -> Response:
        name = request.path_params["path"] or "index.html"
        if name.endswith("/"):
            name += "index.html"
        query = request.query_params.get("q", "")
        if name == "search.html" and query:
            return Response(
                await run_in_threadpool(site.search_page, query), media_type=_TYPES[".html"], headers=HEADERS
            )
        content = await run_in_threadpool(site.file, name)
        if content is None:
            return PlainTextResponse("There is no such page.\n", 404, HEADERS)
        tag = f'"{digest_of([content])[:32]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=HEADERS | {"ETag": tag})
        return Response(content, media_type=_type_of(name), headers=HEADERS | {"ETag": tag})

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


def _type_of(name: str) -> str:
    ending = name[name.rfind(".") :] if "." in name else ""
    return _TYPES.get(ending) or guess_type(name)[0] or "application/octet-stream"
